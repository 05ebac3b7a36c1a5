import { LOG_LEVELS, type LogLevel } from '../config/flags.ts';
import { type Mask, maskSignatures } from './mask.ts';

export interface Log {
  error(message: string, facts?: object): void;
  warn(message: string, facts?: object): void;
  debug(message: string, facts?: object): void;
  /** One line for each write, at every level: who is asked later what changed finds it here. */
  audit(facts: Audit): void;
  /** A write is sent. Its line comes with its answer, or with `leave`; there is none if nothing was sent. */
  begin(change: Change): (result: AuditResult | undefined) => void;
  /** Writes the lines of the writes that are not answered. */
  leave(): void;
}

export interface Change {
  readonly tool: string;
  /** Ids of what was written, as the arguments name them. */
  readonly object: Readonly<Record<string, string>>;
}

export interface AuditResult {
  /** HTTP status, or why there is none. */
  readonly status: number | string;
  readonly request_id?: string;
}

export type Audit = Change & AuditResult;

export interface LogOptions {
  readonly level: LogLevel;
  readonly mask: Mask;
  /** Takes one line without its end. */
  readonly write: (line: string) => void;
  /** What each line tells besides: who calls, and the trace that the call is part of. */
  readonly facts?: () => object;
}

/** JSON lines for stderr, secrets masked. Bodies are never logged. */
export function createLog({ level, mask, write, facts: common = () => ({}) }: LogOptions): Log {
  const line = (facts: object): void =>
    write(mask(maskSignatures(JSON.stringify({ time: new Date().toISOString(), ...common(), ...facts }))));
  const at =
    (own: LogLevel) =>
    (message: string, facts: object = {}) => {
      if (LOG_LEVELS.indexOf(own) <= LOG_LEVELS.indexOf(level)) line({ level: own, message, ...facts });
    };
  const audit = (facts: Audit): void => line({ audit: true, ...facts });
  const open = new Set<Change>();
  return {
    error: at('error'),
    warn: at('warn'),
    debug: at('debug'),
    audit,
    begin(change) {
      open.add(change);
      return (result) => {
        if (open.delete(change) && result) audit({ ...change, ...result });
      };
    },
    leave() {
      for (const change of open) audit({ ...change, status: 'not answered' });
      open.clear();
    },
  };
}
