import { m } from './paraglide/messages';

/** What the codes of an exchange mean to whoever looks after it: why it is so, and what to do. */
const TROUBLES: Readonly<Record<string, () => string>> = {
  'pbx-gone': m.trouble_pbx_gone,
  'unknown-host': m.trouble_unknown_host,
  'no-answer': m.trouble_no_answer,
  'not-an-ami': m.trouble_not_an_ami,
  'closed-at-once': m.trouble_closed_at_once,
  'wrong-secret': m.trouble_wrong_secret,
  'sign-in-unanswered': m.trouble_sign_in_unanswered,
  'connection-lost': m.trouble_connection_lost,
  'shutting-down': m.trouble_shutting_down,
  silent: m.trouble_silent,
  starting: m.trouble_starting,
  'no-reading': m.trouble_no_reading,
  'missing-read-class-agent': m.trouble_missing_read_class_agent,
  'missing-read-class-call': m.trouble_missing_read_class_call,
  'missing-read-class-system': m.trouble_missing_read_class_system,
  'no-channel-list': m.trouble_no_channel_list
};
const ANOMALIES: Readonly<Record<string, () => string>> = {
  'answered-unseen': m.anomaly_answered_unseen,
  'completed-unseen': m.anomaly_completed_unseen,
  'joined-without-leaving': m.anomaly_joined_without_leaving,
  'left-before-joined': m.anomaly_left_before_joined,
  'ended-before-answered': m.anomaly_ended_before_answered,
  'talk-agent-unknown': m.anomaly_talk_agent_unknown,
  'no-call-class': m.anomaly_no_call_class
};

export const troubleWords = (code: string): string => TROUBLES[code]?.() ?? m.trouble_unknown({ code });
export const anomalyWords = (code: string): string => ANOMALIES[code]?.() ?? m.anomaly_unknown({ code });
