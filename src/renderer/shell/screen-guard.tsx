import { Component, type ReactNode } from 'react';
import { Button } from '@fluentui/react-components';
import { EmptyState } from '../components/empty-state.tsx';
import { useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';

interface GuardProps {
  readonly children: ReactNode;
}

/** Keeps the error of one screen inside it: the rest of the window goes on working. */
export class ScreenGuard extends Component<GuardProps, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return <Broken onAgain={() => this.setState({ broken: false })} />;
  }
}

function Broken({ onAgain }: { readonly onAgain: () => void }) {
  const words = useTexts(texts);
  return (
    <EmptyState action={<Button onClick={onAgain}>{words.showAgain}</Button>}>
      {words.brokenScreen}
    </EmptyState>
  );
}
