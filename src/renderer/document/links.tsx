import type { z } from 'zod';
import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { records } from '../../shared/domain/records.ts';
import type { linkSchema } from '../../shared/ipc/documents.ts';
import { showDay } from '../../shared/text/dates.ts';
import { formatHash, routeTo } from '../navigation/route.ts';
import { useTexts } from '../texts/language.ts';
import { texts } from '../components/texts.ts';

const useStyles = makeStyles({
  root: { margin: 0, padding: 0, listStyleType: 'none' },
  code: { fontWeight: tokens.fontWeightSemibold },
});

/** Documents this one answers, or that answer it. */
export function DocumentLinks({ links }: { readonly links: readonly z.infer<typeof linkSchema>[] }) {
  const styles = useStyles();
  const words = useTexts(texts);
  return (
    <ul className={styles.root}>
      {links.map((link) => (
        <li key={link.id}>
          <Text>{words.relations[link.relation]} </Text>
          <Link href={formatHash(routeTo(records[link.kind].place, link.id))}>
            <span className={styles.code}>{link.code}</span> {link.subject}
          </Link>
          {link.date && <Text> · {showDay(link.date)}</Text>}
        </li>
      ))}
    </ul>
  );
}
