-- Printed by `npm run schema` from src/lib/server/store/migrations: do not edit.

create table agent_token (
  token text not null primary key,
  source text not null,
  key text not null,
  from_at integer not null,
  until_at integer not null,
  constraint agent_token_per_month unique (source, key, from_at)
) strict;

create table announcement (
  id text not null primary key,
  text text not null check (length(text) between 1 and 400),
  from_at integer not null,
  until_at integer not null,
  posted_at integer not null,
  posted_by text references person (id) on delete set null,
  replaces text references announcement (id),
  taken_down_at integer,
  constraint announcement_lasts check (until_at > from_at)
) strict;

create index announcement_by_end on announcement (until_at);

create table announcement_board (
  announcement_id text not null references announcement (id),
  board text not null,
  constraint announcement_board_once primary key (announcement_id, board)
) strict;

create table announcement_queue (
  announcement_id text not null references announcement (id),
  queue_id text not null references queue (id),
  constraint announcement_queue_once primary key (announcement_id, queue_id)
) strict;

create table api_token (
  id text not null primary key,
  name text not null,
  hash text not null unique,
  scopes text not null,
  created_at integer not null,
  expires_at integer not null,
  last_used_at integer
) strict;

create table audit (
  position integer not null primary key,
  at integer not null,
  act text not null,
  actor text not null,
  subject text,
  about text,
  content_hash text not null,
  hash text not null
) strict;

create index audit_by_subject on audit (subject, position);

create trigger audit_never_delete before delete on audit
        begin select raise(abort, 'the audit log is only added to'); end;

create trigger audit_never_update before update on audit
        begin select raise(abort, 'the audit log is only added to'); end;

create table audit_head (
  id integer not null primary key,
  position integer not null,
  hash text not null
) strict;

create table board (
  id text not null primary key,
  name text,
  unit_id text references unit (id),
  definition text not null,
  changed_at integer not null
) strict;

create table caller_token (
  token text not null primary key,
  hmac text not null,
  from_at integer not null,
  expires_at integer not null,
  constraint caller_token_once unique (hmac, from_at)
) strict;

create table entry (
  id text not null primary key,
  call text not null,
  source text not null,
  queue text not null,
  channel text not null,
  from_queue text,
  adopted integer not null,
  caller text,
  offered_at integer not null,
  offered_quality text not null,
  outcome text not null,
  answered_at integer,
  answered_quality text,
  agent text,
  left_at integer,
  why text,
  pressed text,
  held_since integer,
  held_ms integer not null,
  passed_on text,
  passed_on_to text,
  talk_ended_at integer,
  ended_by text,
  wrap_up_until integer,
  revised_at integer,
  last_at integer not null
) strict;

create index entry_by_offer on entry (offered_at);

create index entry_lasting on entry (last_at) where last_at - offered_at > 86400000;

create table event (
  offset integer primary key,
  at integer not null,
  seen_at integer not null,
  source text not null,
  source_key text not null,
  lane text not null,
  quality text not null,
  version integer not null,
  kind text not null,
  event text not null,
  constraint event_told_once unique (source, source_key)
) strict;

create index event_refused on event (at) where kind = 'CallRefused';

create table first_start (
  id integer not null primary key,
  hash text not null,
  expires_at integer not null,
  used_at integer
) strict;

create table invitation (
  id text not null primary key,
  person_id text not null references person (id) on delete cascade,
  hash text not null unique,
  kind text not null,
  made_by text not null,
  created_at integer not null,
  expires_at integer not null,
  used_at integer
) strict;

create index invitation_by_person on invitation (person_id);

create table log (
  id integer primary key check (id = 1),
  epoch text not null,
  offset integer not null,
  term integer not null,
  cut_before integer default 0 not null
) strict;

create table migration (
  name text primary key not null
);

create table opening_hours (
  scope text not null primary key,
  hours text not null,
  changed_at integer not null
) strict;

create table person (
  id text not null primary key,
  email text not null unique,
  name text not null,
  password_hash text,
  created_at integer not null,
  disabled_at integer,
  access_version integer default 1 not null,
  password_reset_at integer,
  password_reset_by text,
  directory_tenant text,
  directory_object text
) strict;

create unique index person_by_directory on person (directory_tenant, directory_object);

create table person_agent (
  person_id text not null references person (id) on delete cascade,
  source text not null,
  agent_key text not null,
  from_at integer not null,
  until_at integer,
  constraint person_agent_from primary key (source, agent_key, from_at)
) strict;

create unique index person_agent_present on person_agent (source, agent_key) where until_at is null;

create table person_role (
  person_id text not null references person (id) on delete cascade,
  role text not null,
  constraint person_role_once primary key (person_id, role)
) strict;

create table person_strip (
  person_id text not null primary key references person (id) on delete cascade,
  figures integer not null,
  alerts integer not null,
  sound integer not null,
  quiet_from text not null,
  quiet_until text not null
) strict;

create table person_unit (
  person_id text not null references person (id) on delete cascade,
  unit_id text not null references unit (id) on delete cascade,
  constraint person_unit_once primary key (person_id, unit_id)
) strict;

create table projection (
  name text not null primary key,
  offset integer not null,
  version integer not null,
  state text
) strict;

create table queue (
  id text not null primary key,
  source text not null,
  pbx_name text not null,
  name text not null,
  short_name text not null,
  unit_id text references unit (id),
  position integer not null,
  wrap_up_ms integer,
  shared_wrap_up integer not null,
  waiting_limit integer,
  seen_at integer not null,
  gone_at integer,
  constraint queue_per_pbx_name unique (source, pbx_name)
) strict;

create table queue_alias (
  source text not null,
  pbx_name text not null,
  queue_id text not null references queue (id),
  until_at integer not null,
  constraint queue_alias_once primary key (source, pbx_name)
) strict;

create table queue_sensitivity (
  queue_id text not null primary key references queue (id) on delete cascade,
  sensitivity text not null
) strict;

create table retention_rule (
  kept text not null primary key,
  period integer,
  decision text not null,
  decided_on text,
  changed_at integer not null
) strict;

create table screen (
  id text not null primary key,
  room text not null,
  board text not null,
  token_hash text unique,
  access_version integer default 1 not null,
  paired_at integer not null,
  expires_at integer not null,
  identify_until integer,
  reload_asked_at integer,
  seen_at integer,
  frame_at integer,
  version text,
  lag_ms integer
) strict;

create table screen_pairing (
  device_hash text not null primary key,
  code text not null unique,
  network text not null,
  browser text not null,
  began_at integer not null,
  expires_at integer not null,
  room text,
  board text,
  approver text,
  digits text,
  match_until integer,
  screen_id text references screen (id) on delete cascade
) strict;

create index screen_pairing_by_network on screen_pairing (network, expires_at);

create table secret (
  name text not null primary key,
  value text not null
) strict;

create table service_level (
  queue_id text not null references queue (id),
  from_at integer not null,
  variant text not null,
  target_ms integer not null check (target_ms > 0),
  short_abandon_ms integer not null check (short_abandon_ms >= 0),
  constraint service_level_from primary key (queue_id, from_at)
) strict;

create table session (
  id text not null primary key,
  person_id text not null references person (id) on delete cascade,
  created_at integer not null,
  expires_at integer not null,
  browser text,
  proven_at integer default 0 not null,
  ends_at integer default 0 not null,
  rights_version integer default 0 not null,
  succeeded_by text
) strict;

create index session_by_person on session (person_id);

create table stamp (
  id integer primary key check (id = 1),
  kind text not null check (kind in ('demo', 'real'))
) strict;

create table tally (
  queue text not null,
  quarter_start integer not null,
  tally text not null,
  revised_at integer,
  constraint tally_per_quarter primary key (quarter_start, queue)
) strict;

create table unit (
  id text not null primary key,
  name text not null,
  position integer not null
) strict;

create table wrap_up_reason (
  queue_id text not null references queue (id),
  reason text not null,
  constraint wrap_up_reason_once primary key (queue_id, reason)
) strict;
