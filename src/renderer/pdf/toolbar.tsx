import { useState } from 'react';
import {
  Button,
  Input,
  makeStyles,
  Menu,
  MenuButton,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Text,
  ToggleButton,
  tokens,
} from '@fluentui/react-components';
import { ChevronLeftRegular } from '@fluentui/react-icons/svg/chevron-left';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { PanelLeftRegular } from '@fluentui/react-icons/svg/panel-left';
import { PrintRegular } from '@fluentui/react-icons/svg/print';
import { SearchRegular } from '@fluentui/react-icons/svg/search';
import { ZoomInRegular } from '@fluentui/react-icons/svg/zoom-in';
import { ZoomOutRegular } from '@fluentui/react-icons/svg/zoom-out';
import { ariaKey, type KeyAction, withKey } from '../navigation/keys.ts';
import { showNumber, useLanguage, useTexts } from '../texts/language.ts';
import { texts } from './texts.ts';
import { pixelsPerPoint, type Zoom } from './zoom.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXXS,
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  zoom: { minWidth: '92px' },
  page: { width: '56px', '& input': { textAlign: 'right' } },
  total: { whiteSpace: 'nowrap', color: tokens.colorNeutralForeground2 },
  gap: { flexGrow: 1 },
});

/** An icon with its name and key in the tooltip. */
const tool = (label: string, icon: React.JSX.Element, onClick: () => void, key?: KeyAction) => ({
  appearance: 'subtle' as const,
  size: 'small' as const,
  icon,
  onClick,
  'aria-label': label,
  title: key ? withKey(label, key) : label,
  'aria-keyshortcuts': key && ariaKey(key),
});

export function Toolbar({
  zoom,
  scale,
  page,
  pages,
  thumbnails,
  onThumbnails,
  onZoom,
  onStep,
  onPage,
  onFind,
  onPrint,
}: {
  readonly zoom: Zoom;
  readonly scale: number;
  readonly page: number;
  readonly pages: number;
  readonly thumbnails: boolean;
  readonly onThumbnails: () => void;
  readonly onZoom: (zoom: Zoom) => void;
  readonly onStep: (direction: 1 | -1) => void;
  readonly onPage: (page: number) => void;
  readonly onFind: () => void;
  readonly onPrint: () => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <div className={styles.bar}>
      <ToggleButton
        {...tool(words.thumbnails, <PanelLeftRegular />, onThumbnails, 'thumbnails')}
        checked={thumbnails}
      />
      <Button {...tool(words.zoomOut, <ZoomOutRegular />, () => onStep(-1), 'zoomOut')} />
      <ZoomMenu zoom={zoom} scale={scale} onZoom={onZoom} />
      <Button {...tool(words.zoomIn, <ZoomInRegular />, () => onStep(1), 'zoomIn')} />
      <span className={styles.gap} />
      <Button
        {...tool(words.previousPage, <ChevronLeftRegular />, () => onPage(page - 1))}
        disabled={page <= 1}
      />
      <PageBox key={page} page={page} pages={pages} onPage={onPage} />
      <Button
        {...tool(words.nextPage, <ChevronRightRegular />, () => onPage(page + 1))}
        disabled={page >= pages}
      />
      <span className={styles.gap} />
      <Button {...tool(words.find, <SearchRegular />, onFind, 'find')} />
      <Button {...tool(words.print, <PrintRegular />, onPrint, 'print')} />
    </div>
  );
}

const factors = [0.5, 0.75, 1, 1.25, 1.5, 2];

function ZoomMenu({
  zoom,
  scale,
  onZoom,
}: {
  readonly zoom: Zoom;
  readonly scale: number;
  readonly onZoom: (zoom: Zoom) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <Menu
      checkedValues={{ zoom: [String(zoom)] }}
      onCheckedValueChange={(_, { checkedItems: [chosen] }) => {
        if (chosen === 'page' || chosen === 'width') onZoom(chosen);
        else if (chosen) onZoom(Number(chosen));
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <MenuButton className={styles.zoom} appearance="subtle" size="small" title={words.zoom}>
          {words.percent(Math.round((scale / pixelsPerPoint) * 100))}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItemRadio name="zoom" value="width">
            {words.fitWidth}
          </MenuItemRadio>
          <MenuItemRadio name="zoom" value="page">
            {words.fitPage}
          </MenuItemRadio>
          {factors.map((factor) => (
            <MenuItemRadio key={factor} name="zoom" value={String(factor)}>
              {words.percent(factor * 100)}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** Typing a number and Enter goes there; leaving the box without Enter changes nothing. */
function PageBox({
  page,
  pages,
  onPage,
}: {
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const [typed, setTyped] = useState(String(page));
  return (
    <>
      <Input
        className={styles.page}
        size="small"
        inputMode="numeric"
        aria-label={words.pageNumber}
        value={typed}
        onChange={(_, { value }) => setTyped(value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setTyped(String(page))}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          const wanted = Number.parseInt(typed, 10);
          if (Number.isInteger(wanted)) onPage(wanted);
          else setTyped(String(page));
        }}
      />
      <Text className={styles.total}>{words.ofPages(showNumber(pages, language))}</Text>
    </>
  );
}
