import {
  Button,
  Dropdown,
  Field,
  Link,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Option,
  Radio,
  RadioGroup,
  Spinner,
  SpinButton,
  Subtitle2,
  Text,
  tokens,
  Tooltip,
} from '@fluentui/react-components';
import type { Holder } from '../../shared/domain/holder.ts';
import type { Box, Placement } from '../../shared/ipc/signing.ts';
import { daysUntil, localDay, showDay } from '../../shared/text/dates.ts';
import { ExpiryNotice } from '../components/expiry-notice.tsx';
import { ariaKey, useKey, withKey } from '../navigation/keys.ts';
import { go } from '../navigation/route.ts';
import { useCall } from '../desk/use-call.ts';
import { useSession } from '../desk/use-session.ts';
import { useLanguage, useTexts } from '../texts/language.ts';
import { coversRecipients, exactMm, isByRule, isFixed, offsetMm } from './box.ts';
import { type Choice, choiceKey, ownExpired } from './certificates.ts';
import { texts } from './texts.ts';
import { HiddenCertificates, TokenHelp } from './token-help.tsx';
import type { Boxes } from './use-boxes.ts';
import type { Choices } from './use-choices.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  signer: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  soon: { color: tokens.colorStatusWarningForeground3 },
  tools: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  // A drop-down's own least width is more than the panel has.
  narrow: { minWidth: 0, width: '100%' },
  page: { width: '88px' },
});

/** Who signs, with which certificate; what is missing is said with what to do about it. */
export function CertificatePart({
  certificates: { holder, choices, choice, choose, asked },
}: {
  readonly certificates: Choices;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const nameOf = ({ certificate, token }: Choice) =>
    words.certificateOf(certificate.subjectName, token.label);
  // An old and a new one of the same person on the same token: the day tells them apart.
  const label = (each: Choice) =>
    choices.some((other) => other !== each && nameOf(other) === nameOf(each))
      ? words.until(nameOf(each), showDay(localDay(each.certificate.notAfter)))
      : nameOf(each);
  return (
    <div className={styles.signer}>
      <div className={styles.part}>
        <Text className={styles.quiet}>{words.signer[holder.kind]}</Text>
        <Subtitle2>{holder.name}</Subtitle2>
      </div>
      {choices.length > 1 && (
        <Field label={words.chooseCertificate}>
          <Dropdown
            className={styles.narrow}
            value={choice ? label(choice) : ''}
            selectedOptions={choice ? [choiceKey(choice)] : []}
            onOptionSelect={(_, { optionValue }) => optionValue && choose(optionValue)}
          >
            {choices.map((each) => (
              <Option key={choiceKey(each)} value={choiceKey(each)} text={label(each)}>
                {label(each)}
              </Option>
            ))}
          </Dropdown>
        </Field>
      )}
      {!choice?.belongs &&
        ownExpired(asked.data?.tokens ?? [], holder).map(({ sha256, subjectName, notAfter }) => (
          <MessageBar key={sha256} intent="warning" layout="multiline">
            <MessageBarBody>{words.expired(subjectName, showDay(localDay(notAfter)))}</MessageBarBody>
          </MessageBar>
        ))}
      {choice ? (
        <ChosenCertificate choice={choice} holder={holder} />
      ) : (
        <TokenHelp asked={asked} holder={holder} />
      )}
      {choice && !choice.belongs && <HiddenCertificates asked={asked} />}
    </div>
  );
}

function ChosenCertificate({ choice, holder }: { readonly choice: Choice; readonly holder: Holder }) {
  const styles = useStyles();
  const words = useTexts(texts);
  const { now, demo } = useSession();
  const { data: settings } = useCall('settings.get', {}, ['settings']);
  const { certificate, token, belongs } = choice;
  const simulated = demo?.tokens.some(({ label }) => label === token.label) === true;
  const kind = simulated ? words.simulated : token.driver === 'pkcs12' ? words.file : null;
  const where = [words.onToken(token.label), kind].filter((part) => part !== null).join(' · ');
  if (!belongs)
    return (
      <>
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {words.otherOwner[holder.kind](certificate.subjectName, holder.name)}
          </MessageBarBody>
        </MessageBar>
        <Text className={styles.quiet}>{where}</Text>
      </>
    );
  return (
    <div className={styles.part}>
      <ExpiryNotice days={daysUntil(localDay(certificate.notAfter), now)} />
      <Text className={styles.quiet}>{where}</Text>
      {settings?.services.timestamps && <Text className={styles.quiet}>{words.timestamps}</Text>}
    </div>
  );
}

/** The marks of the file shown, where it has several: which one the keys and the double-click move. */
export function MarksPart({
  placements,
  index,
  onIndex,
}: {
  readonly placements: readonly Placement[];
  readonly index: number;
  readonly onIndex: (index: number) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const shown = placements[index]?.sha256;
  const onFile = placements.flatMap((mark, n) => (mark.sha256 === shown ? [{ mark, n }] : []));
  if (onFile.length < 2) return null;
  return (
    <div className={styles.part}>
      <Text className={styles.quiet}>{words.marks}</Text>
      <RadioGroup
        aria-label={words.marks}
        value={String(index)}
        onChange={(_, { value }) => onIndex(Number(value))}
      >
        {onFile.map(({ mark, n }) => (
          <Radio key={n} value={String(n)} label={words.mark[mark.role](mark.lines[0] ?? '')} />
        ))}
      </RadioGroup>
      <Text size={200} className={styles.quiet}>
        {words.marksHint}
      </Text>
    </div>
  );
}

/** How the place was found, how far the box is from the rule, and the way back to it. */
export function PositionPart({
  placement,
  box,
  boxes,
  pages,
  onBox,
}: {
  readonly placement: Placement;
  readonly box: Box;
  readonly boxes: Boxes;
  readonly pages: number;
  readonly onBox: (box: Box) => void;
}) {
  const styles = useStyles();
  const words = useTexts(texts);
  const language = useLanguage();
  const { role, found, image, rule, recipients } = placement;
  const fixed = isFixed(placement);
  const away = found === 'manual' || fixed ? null : offsetMm(box, rule);
  const isRule = isByRule(placement);
  const offset = (mm: number) => {
    if (mm < exactMm) return isRule ? words.exact : null;
    return (isRule ? words.away : words.awayFree)(oneDecimal(mm, language));
  };
  const move = (next: Box) => {
    boxes.begin();
    onBox(next);
  };
  return (
    <div className={styles.part}>
      <Text className={styles.quiet}>{words.position}</Text>
      <Text>{words.found[found]}</Text>
      {found === 'manual' && <Text className={styles.soon}>{words.manualHint}</Text>}
      <div className={styles.part} aria-live="polite">
        {away !== null && <Text>{offset(away)}</Text>}
        {coversRecipients(box, recipients) && <Text className={styles.soon}>{words.coversRecipients}</Text>}
      </div>
      {pages > 1 && !fixed && (
        <Field label={words.page}>
          <SpinButton
            className={styles.page}
            value={box.page}
            min={1}
            max={pages}
            onChange={(_, { value, displayValue }) => {
              const page = value ?? Number.parseInt(displayValue ?? '', 10);
              if (Number.isInteger(page) && page >= 1 && page <= pages) move({ ...box, page });
            }}
          />
        </Field>
      )}
      <div className={styles.tools}>
        {boxes.canUndo && (
          <Button size="small" title={withKey(words.undo, 'undo')} onClick={boxes.undo}>
            {words.undo}
          </Button>
        )}
        {found !== 'manual' && !fixed && (away === null || away >= exactMm) && (
          <Button size="small" onClick={() => move(rule)}>
            {isRule ? words.reset : words.resetFree}
          </Button>
        )}
      </div>
      {image === null && (role === 'personal' || role === 'agency') && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {words.noImage[role]}{' '}
            <Link inline onClick={() => go('settings', 'images')}>
              {words.openSettings}
            </Link>
          </MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}

function oneDecimal(value: number, language: 'vi' | 'en'): string {
  return new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(value);
}

/** The one blue button of this screen, also by Ctrl+Enter. */
export function BlueButton({
  label,
  enabled,
  busy = false,
  onClick,
}: {
  readonly label: string;
  readonly enabled: boolean;
  readonly busy?: boolean;
  readonly onClick: () => void;
}) {
  useKey('primary', onClick, enabled && !busy);
  return (
    <Tooltip content={withKey(label, 'primary')} relationship="description">
      <Button
        appearance="primary"
        size="large"
        disabledFocusable={!enabled || busy}
        icon={busy ? <Spinner size="tiny" /> : null}
        aria-keyshortcuts={ariaKey('primary')}
        onClick={onClick}
      >
        {label}
      </Button>
    </Tooltip>
  );
}
