/** What can be wrong between us and a PBX, as a code for the health page. */
export type TroubleCode = keyof typeof texts;

/** What an operator needs to know: why it is so, what follows from it, and what to do. */
export interface Trouble {
  code: TroubleCode;
  cause: string;
  consequence: string;
  remedy: string;
}

const unknownNow = 'Every number of this PBX is unknown on the boards until contact is back. We try again for ever.';

const texts = {
  'pbx-gone': [
    'Nobody listens at the address of the PBX (connection refused).',
    unknownNow,
    'Start Asterisk; in manager.conf check enabled=yes, bindaddr and port, and compare with ASTERISK_AMI_URL.'
  ],
  'unknown-host': [
    'The name of the PBX in ASTERISK_AMI_URL could not be looked up.',
    unknownNow,
    'Correct the host name in ASTERISK_AMI_URL, or the name service.'
  ],
  'no-answer': [
    'The PBX took no connection, or took it and said nothing.',
    unknownNow,
    'Check the network and the firewall between here and the PBX, and whether Asterisk hangs.'
  ],
  'not-an-ami': [
    'Something that is not an Asterisk manager interface answers at the address.',
    unknownNow,
    'Correct the port in ASTERISK_AMI_URL: the manager interface is usually at 5038, without TLS.'
  ],
  'closed-at-once': [
    'The PBX closes the connection before we have signed in.',
    unknownNow,
    'Permit our address in manager.conf (permit, acl), and see whether authlimit is reached there.'
  ],
  'wrong-secret': [
    'The PBX refuses our user or secret.',
    unknownNow,
    'Compare user and secret in ASTERISK_AMI_URL with manager.conf, and that its permit lets our address in; then manager reload.'
  ],
  'sign-in-unanswered': [
    'The PBX greets but does not finish our sign-in.',
    unknownNow,
    'See whether Asterisk is overloaded or hangs (core show threads, core show locks).'
  ],
  'connection-lost': [
    'The connection to the PBX broke.',
    unknownNow,
    'Nothing, if it comes back by itself; else check the network and whether Asterisk runs.'
  ],
  'shutting-down': [
    'The PBX said that it is shutting down or restarting.',
    unknownNow,
    'Nothing, if it was meant; we sign in again when it is up.'
  ],
  silent: [
    'Not a byte has come from the PBX for five seconds, not even an answer to our question.',
    unknownNow,
    'Check the network between here and the PBX. What it says late will still be counted.'
  ],
  starting: [
    'The PBX is starting: its queues are not loaded yet.',
    'Its numbers are unknown until they are.',
    'Nothing; if it lasts, see in Asterisk whether app_queue is loaded (module show like app_queue).'
  ],
  'no-reading': [
    'The PBX did not finish its answer about its queues.',
    unknownNow,
    'See whether Asterisk is overloaded or hangs (core show threads, core show locks).'
  ],
  'missing-read-class-agent': [
    'The PBX tells us nothing of its queues although things happen there: our user may not read the class agent.',
    'Numbers are only right each minute, when they are read anew; answer times are wrong.',
    'In manager.conf give our user read = agent,call,system,user; then manager reload.'
  ],
  'missing-read-class-call': [
    'The PBX tells us nothing of its calls: our user may not read the class call.',
    'Who hung up and who was sent on cannot be told apart: such calls are counted as unstated until queue_log tells.',
    'In manager.conf give our user read = agent,call,system,user; then manager reload.'
  ],
  'missing-read-class-system': [
    'The PBX does not tell us when it starts and stops: our user may not read the class system.',
    'After a restart of the PBX, calls that it lost are noticed late.',
    'In manager.conf give our user read = agent,call,system,user; then manager reload.'
  ],
  'no-channel-list': [
    'The PBX does not let our user list its channels (permission denied to CoreShowChannels).',
    'After a gap we know who waits, but not who already talks with whom: those calls are found when they end.',
    'In manager.conf give our user write = reporting; then manager reload. It lets us change nothing.'
  ]
} satisfies Record<string, [cause: string, consequence: string, remedy: string]>;

export function troubleOf(code: TroubleCode): Trouble {
  const [cause, consequence, remedy] = texts[code];
  return { code, cause, consequence, remedy };
}

/** Trouble that does not keep us from working, worst first. */
export const degradations: TroubleCode[] = [
  'missing-read-class-agent',
  'missing-read-class-call',
  'no-channel-list',
  'missing-read-class-system'
];
