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

create table beside (
  slot text not null primary key references slot (id),
  started_at integer not null,
  stopped_at integer
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

create table draft (
  id text not null primary key,
  person_id text not null references person (id) on delete cascade,
  subject text not null,
  text_key text not null,
  constraint draft_of_a_person unique (subject, person_id)
) strict;

create table draft_client (
  draft_id text not null references draft (id) on delete cascade,
  client_id text not null,
  seq integer not null,
  answer text,
  seen_at integer not null,
  constraint draft_client_key primary key (draft_id, client_id)
) strict;

create table draft_conflict (
  id text not null primary key,
  draft_id text not null references draft (id) on delete cascade,
  path text not null,
  value text,
  client_id text not null,
  saved_at integer not null,
  constraint draft_conflict_of_a_client unique (draft_id, path, client_id)
) strict;

create table draft_field (
  draft_id text not null references draft (id) on delete cascade,
  path text not null,
  value text,
  rev integer not null,
  last_client text not null,
  saved_at integer not null,
  constraint draft_field_key primary key (draft_id, path)
) strict;

create table draw (
  participation text not null references participation (id),
  n integer not null,
  draw_no integer not null,
  held text not null,
  gone text not null,
  pool_size integer not null,
  pool_hash text not null,
  entry text,
  constraint draw_once primary key (participation, n, draw_no)
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

create table first_steps (
  id integer not null primary key,
  ended_at integer not null
) strict;

create table goal (
  participation text not null primary key references participation (id),
  version integer not null,
  criterion text not null,
  when_id text not null references text_body (id),
  try_id text not null references text_body (id),
  how_id text references text_body (id),
  state text not null check (state in ('proposed', 'agreed')),
  proposed_by text not null check (proposed_by in ('agent', 'coach'))
) strict;

create table help_request (
  id text not null primary key,
  participation text not null references participation (id),
  text_id text not null references text_body (id),
  receiver text not null check (receiver in ('leader', 'method-lead')),
  released integer not null check (released in (0, 1))
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

create table key_to_destroy (
  kind text not null,
  id text not null,
  constraint key_to_destroy_once primary key (kind, id)
) strict;

create table last_word (
  participation text not null references participation (id),
  n integer not null,
  text_id text not null references text_body (id),
  written_at integer not null,
  constraint last_word_order primary key (participation, n)
) strict;

create trigger last_word_is_added_delete before delete on last_word for each row when (not (coalesce((select erased from participation where id = old.participation), 1) = 1))
      begin select raise(abort, 'a last word is only added to'); end;

create trigger last_word_is_added_update before update on last_word for each row when (not (coalesce((select erased from participation where id = old.participation), 1) = 1))
      begin select raise(abort, 'a last word is only added to'); end;

create table listening (
  person_id text not null,
  slot text not null,
  at integer not null,
  constraint listening_key primary key (person_id, slot, at)
) strict;

create index listening_by_slot on listening (slot, at);

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

create table must_be_right (
  participation text not null references participation (id),
  slot text not null references slot (id),
  point text not null,
  author text not null,
  text_id text not null references text_body (id),
  expires_at integer not null,
  constraint must_be_right_once primary key (slot, point)
) strict;

create table opening_hours (
  scope text not null primary key,
  hours text not null,
  changed_at integer not null
) strict;

create table participation (
  id text not null primary key,
  round text not null references round (id),
  agent text not null references person (id),
  coach text references person (id) on delete set null,
  coach_to_be text references person (id) on delete set null,
  coach_to_be_from integer,
  unit_id text references unit (id),
  window_n integer not null,
  sound text not null check (sound in ('recorded', 'beside')),
  seq integer not null,
  revealed_at integer,
  ended_at integer,
  erased integer default 0 not null,
  constraint participation_once unique (round, agent),
  constraint participation_window foreign key (round, window_n) references round_window (round, n),
  constraint nobody_coaches_themselves check (coach <> agent and coach_to_be <> agent)
) strict;

create index participation_by_agent on participation (agent);

create index participation_by_coach on participation (coach);

create trigger participation_own_manager_insert before insert on participation for each row when (exists (
  select 1 from person_role led join person_unit theirs on theirs.person_id = led.person_id
    join person_unit own on own.unit_id = theirs.unit_id
  where led.role = 'leader' and led.person_id = new.coach and own.person_id = new.agent) or exists (
  select 1 from person_role led join person_unit theirs on theirs.person_id = led.person_id
    join person_unit own on own.unit_id = theirs.unit_id
  where led.role = 'leader' and led.person_id = new.coach_to_be and own.person_id = new.agent))
      begin select raise(abort, 'own-manager: nobody is coached by somebody who leads them'); end;

create trigger participation_own_manager_update before update of coach, coach_to_be on participation for each row when (exists (
  select 1 from person_role led join person_unit theirs on theirs.person_id = led.person_id
    join person_unit own on own.unit_id = theirs.unit_id
  where led.role = 'leader' and led.person_id = new.coach and own.person_id = new.agent) or exists (
  select 1 from person_role led join person_unit theirs on theirs.person_id = led.person_id
    join person_unit own on own.unit_id = theirs.unit_id
  where led.role = 'leader' and led.person_id = new.coach_to_be and own.person_id = new.agent))
      begin select raise(abort, 'own-manager: nobody is coached by somebody who leads them'); end;

create trigger participation_stays_whose_it_is_update before update of agent, round on participation for each row when (new.agent <> old.agent or new.round <> old.round)
      begin select raise(abort, 'not-yours: a participation never becomes that of another'); end;

create trigger participation_twice_a_year_insert before insert on participation for each row when ((select state from round where id = new.round) <> 'draft' and exists (
  select 1 from participation one join round first on first.id = one.round
    join participation other on other.agent = one.agent and other.round <> one.round
    join round second on second.id = other.round join round third on third.id = new.round
  where one.agent = new.agent and one.round <> new.round and other.round <> new.round
    and first.state <> 'draft' and second.state <> 'draft'
    and abs(first.starts_at - second.starts_at) < 31536000000
    and abs(first.starts_at - third.starts_at) < 31536000000
    and abs(second.starts_at - third.starts_at) < 31536000000))
      begin select raise(abort, 'too-soon: nobody is in more than two rounds in twelve months'); end;

create table participation_command (
  participation text not null references participation (id),
  command text not null,
  actor text not null,
  answer text not null,
  constraint participation_command_once primary key (participation, command)
) strict;

create table participation_event (
  participation text not null references participation (id),
  seq integer not null,
  kind text not null,
  at integer not null,
  actor text not null,
  data text not null,
  constraint participation_event_order primary key (participation, seq)
) strict;

create trigger participation_event_is_added_delete before delete on participation_event for each row when (not (coalesce((select erased from participation where id = old.participation), 1) = 1))
      begin select raise(abort, 'what has happened is only added to'); end;

create trigger participation_event_is_added_update before update on participation_event for each row when (not (coalesce((select erased from participation where id = old.participation), 1) = 1))
      begin select raise(abort, 'what has happened is only added to'); end;

create table participation_wish (
  participation text not null references participation (id),
  kind text not null check (kind in ('another-coach', 'correction', 'share')),
  constraint participation_wish_once primary key (participation, kind)
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

create table practice_entry (
  id text not null primary key,
  participation text not null references participation (id),
  text_id text not null references text_body (id),
  written_at integer not null,
  shared integer not null check (shared in (0, 1))
) strict;

create index practice_entry_by_participation on practice_entry (participation, written_at);

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

create table reading (
  id text not null primary key,
  slot text not null references slot (id),
  author text not null,
  role text not null check (role in ('agent', 'coach')),
  rubric_version text not null,
  state text not null check (state in ('draft', 'in', 'destroyed'))
) strict;

create trigger reading_begins_as_draft_insert before insert on reading for each row when (new.state <> 'draft')
      begin select raise(abort, 'a reading is handed in, not put in'); end;

create trigger reading_has_every_level_update before update of state on reading for each row when (new.state = 'in' and new.role = 'coach' and (
      not exists (select 1 from round_criterion where round = (select taken.round from slot place join participation taken on taken.id = place.participation
  where place.id = new.slot))
      or exists (select 1 from round_criterion asked where asked.round = (select taken.round from slot place join participation taken on taken.id = place.participation
  where place.id = new.slot) and not exists (
        select 1 from reading_level given where given.reading = new.id and given.criterion = asked.criterion))))
      begin select raise(abort, 'level-missing: every criterion has a level or is not applicable'); end;

create trigger reading_has_two_strengths_update before update of state on reading for each row when (new.state = 'in' and new.role = 'coach' and (select count(*) from strength where reading = new.id) < 2)
      begin select raise(abort, 'two-strengths: a review has two strengths, each with its moment'); end;

create trigger reading_is_not_altered_update before update on reading for each row when (old.state = 'destroyed' or new.slot <> old.slot or new.author <> old.author or new.role <> old.role
      or (old.state = 'in' and new.state <> 'destroyed')
      or (old.state = 'in' and new.rubric_version <> old.rubric_version))
      begin select raise(abort, 'already-in: what is handed in is not altered'); end;

create trigger reading_is_not_removed_delete before delete on reading for each row when (old.state = 'in')
      begin select raise(abort, 'already-in: what is handed in is destroyed and not removed'); end;

create trigger reading_is_of_the_call_update before update of state on reading for each row when (new.state = 'in' and (coalesce((select state from slot where id = new.slot), '') <> 'chosen'
      or exists (select 1 from strength where reading = new.id and moment_ms not between 0 and (select span_to - span_from from slot where id = new.slot))
      or exists (select 1 from reading_level where reading = new.id and moment_ms not between 0 and (select span_to - span_from from slot where id = new.slot))))
      begin select raise(abort, 'moment-outside: every moment is within the call'); end;

create unique index reading_once on reading (slot, role) where state <> 'destroyed';

create table reading_level (
  reading text not null references reading (id),
  criterion text not null,
  level integer check (level between 1 and 4),
  moment_ms integer,
  constraint reading_level_once primary key (reading, criterion),
  constraint reading_level_moment check (level is null or level > 1 or moment_ms is not null)
) strict;

create trigger reading_level_is_not_added_insert before insert on reading_level for each row when ((select state from reading where id = new.reading) = 'in')
      begin select raise(abort, 'already-in: what is handed in is not altered'); end;

create trigger reading_level_is_not_altered_delete before delete on reading_level for each row when ((select state from reading where id = old.reading) = 'in')
      begin select raise(abort, 'already-in: what is handed in is not altered'); end;

create trigger reading_level_is_not_altered_update before update on reading_level for each row when ((select state from reading where id = old.reading) = 'in')
      begin select raise(abort, 'already-in: what is handed in is not altered'); end;

create table record (
  participation text not null references participation (id),
  version integer not null,
  acknowledged_at integer,
  snapshot_hash text,
  criterion text,
  when_id text references text_body (id),
  try_id text references text_body (id),
  how_id text references text_body (id),
  last_words integer,
  constraint record_order primary key (participation, version),
  constraint record_acknowledged check (acknowledged_at is null or snapshot_hash is not null)
) strict;

create trigger record_stands_delete before delete on record for each row when (old.acknowledged_at is not null and not (coalesce((select erased from participation where id = old.participation), 1) = 1))
      begin select raise(abort, 'acknowledged: what the agent has acknowledged is not altered'); end;

create trigger record_stands_update before update on record for each row when (old.acknowledged_at is not null and not (coalesce((select erased from participation where id = old.participation), 1) = 1))
      begin select raise(abort, 'acknowledged: what the agent has acknowledged is not altered'); end;

create table recording (
  id text not null primary key,
  entry text not null unique,
  source_hash text not null,
  file_id text not null unique,
  peaks_file_id text not null unique,
  format text not null check (format in ('s16le-8000', 's16le-16000')),
  channels integer not null check (channels in (1, 2)),
  duration_ms integer not null check (duration_ms > 0),
  size integer not null,
  clock text not null check (clock in ('running', 'bridged')),
  starts_at integer not null,
  received_at integer not null,
  state text not null check (state in ('ready', 'held', 'deleting', 'deleted')),
  deleted_why text,
  deleted_at integer
) strict;

create table recording_import (
  day text not null,
  outcome text not null,
  files integer not null,
  constraint recording_import_key primary key (day, outcome)
) strict;

create table recording_left (
  fingerprint text not null primary key,
  seen_at integer not null
) strict;

create table recording_queue (
  queue_id text not null primary key references queue (id) on delete cascade,
  decision text not null check (length(decision) > 0),
  caller_notice text not null check (length(caller_notice) > 0),
  allowed_at integer not null
) strict;

create table recording_refused (
  entry text not null primary key
) strict;

create table reflection (
  participation text not null primary key references participation (id),
  state text not null check (state in ('draft', 'in', 'skipped'))
) strict;

create table reflection_answer (
  participation text not null references participation (id),
  n integer not null,
  text_id text not null references text_body (id),
  constraint reflection_answer_once primary key (participation, n)
) strict;

create table released_help (
  id text not null primary key,
  receiver text not null check (receiver in ('leader', 'method-lead')),
  unit_id text references unit (id),
  ciphertext text not null
) strict;

create table retention_rule (
  kept text not null primary key,
  period integer,
  decision text not null,
  decided_on text,
  changed_at integer not null
) strict;

create table round (
  id text not null primary key,
  name text not null,
  rubric_version text not null,
  starts_at integer not null,
  ends_at integer not null,
  calls_per_agent integer not null check (calls_per_agent between 1 and 6),
  state text not null check (state in ('draft', 'open', 'closing', 'closed')),
  opened_at integer,
  closed_at integer,
  commitment text,
  constraint round_lasts check (ends_at > starts_at),
  constraint round_opened check (state = 'draft' or opened_at is not null)
) strict;

create trigger round_begins_as_draft_insert before insert on round for each row when (new.state <> 'draft')
      begin select raise(abort, 'a round is opened, not put in open'); end;

create trigger round_goes_forward_update before update of state on round for each row when ((case old.state when 'draft' then 0 when 'open' then 1 when 'closing' then 2 else 3 end)
      > (case new.state when 'draft' then 0 when 'open' then 1 when 'closing' then 2 else 3 end))
      begin select raise(abort, 'round-goes-forward: a round that has begun is never a draft again'); end;

create trigger round_is_announced_update before update of state on round for each row when (old.state = 'draft' and new.state <> 'draft' and (
      not exists (select 1 from round_window where round = new.id)
      or exists (select 1 from round_window where round = new.id
        and starts_at < new.opened_at + 601200000)))
      begin select raise(abort, 'retroactive-window: a window is announced seven days before it begins'); end;

create trigger round_lasts_weeks_update before update of state on round for each row when (old.state = 'draft' and new.state <> 'draft'
      and new.ends_at - new.starts_at not between 2415600000 and 12099600000)
      begin select raise(abort, 'period: a round lasts four to twenty weeks'); end;

create trigger round_of_ten_update before update of state on round for each row when (old.state = 'draft' and new.state <> 'draft'
      and (select count(*) from participation where round = new.id) < 10)
      begin select raise(abort, 'too-few: a round is for ten people or more'); end;

create trigger round_twice_a_year_update before update of state on round for each row when (old.state = 'draft' and new.state <> 'draft'
      and exists (select 1 from participation mine where mine.round = new.id and exists (
  select 1 from participation one join round first on first.id = one.round
    join participation other on other.agent = one.agent and other.round <> one.round
    join round second on second.id = other.round join round third on third.id = mine.round
  where one.agent = mine.agent and one.round <> mine.round and other.round <> mine.round
    and first.state <> 'draft' and second.state <> 'draft'
    and abs(first.starts_at - second.starts_at) < 31536000000
    and abs(first.starts_at - third.starts_at) < 31536000000
    and abs(second.starts_at - third.starts_at) < 31536000000)))
      begin select raise(abort, 'too-soon: nobody is in more than two rounds in twelve months'); end;

create table round_coach (
  round text not null references round (id) on delete cascade,
  coach text not null references person (id) on delete cascade,
  constraint round_coach_once primary key (round, coach)
) strict;

create table round_criterion (
  round text not null references round (id) on delete cascade,
  criterion text not null,
  n integer not null,
  constraint round_criterion_once primary key (round, criterion)
) strict;

create table round_figure (
  round text not null references round (id),
  part text not null,
  criterion text not null,
  withheld text check (withheld in ('few', 'alike', 'complement')),
  of_ten text,
  constraint round_figure_once primary key (round, part, criterion),
  constraint round_figure_or_why check ((withheld is null) <> (of_ten is null))
) strict;

create table round_unit (
  round text not null references round (id) on delete cascade,
  unit_id text not null references unit (id),
  constraint round_unit_once primary key (round, unit_id)
) strict;

create table round_window (
  round text not null references round (id) on delete cascade,
  n integer not null,
  starts_at integer not null,
  ends_at integer not null,
  constraint round_window_once primary key (round, n),
  constraint round_window_lasts check (ends_at > starts_at)
) strict;

create table round_wish (
  round text not null primary key references round (id) on delete cascade,
  wish text not null
) strict;

create table rubric_version (
  id text not null primary key,
  number integer not null unique,
  state text not null,
  revision integer not null,
  content text not null,
  published_at integer,
  constraint rubric_version_state check (state in ('draft', 'published', 'retired')),
  constraint rubric_version_published check ((state = 'draft') = (published_at is null))
) strict;

create unique index rubric_version_one_draft on rubric_version (state) where state = 'draft';

create unique index rubric_version_one_published on rubric_version (state) where state = 'published';

create trigger rubric_version_stands_update before update on rubric_version for each row when (old.state <> 'draft' and not (new.id = old.id and new.number = old.number and new.revision = old.revision
        and new.content = old.content and new.published_at = old.published_at
        and (new.state = old.state or (old.state = 'published' and new.state = 'retired'))))
      begin select raise(abort, 'rubric-published: a published rubric never changes'); end;

create trigger rubric_version_stays_delete before delete on rubric_version for each row when (old.state <> 'draft')
      begin select raise(abort, 'rubric-published: a published rubric is never removed'); end;

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

create table slot (
  id text not null primary key,
  participation text not null references participation (id),
  n integer not null,
  kind text not null check (kind in ('random', 'proud', 'topic', 'beside')),
  state text not null check (state in ('empty', 'chosen', 'withdrawn', 'void')),
  draw_no integer not null,
  entry text,
  queue text,
  span_from integer,
  span_to integer,
  sound_gone integer not null,
  constraint slot_call check (state <> 'chosen' or (entry is not null and span_to > span_from)),
  constraint slot_withdrawn check (state = 'chosen' or (entry is null and queue is null and span_from is null and span_to is null))
) strict;

create index slot_by_participation on slot (participation, n);

create unique index slot_call_once on slot (entry) where state = 'chosen';

create unique index slot_in_force on slot (participation, n) where state in ('empty', 'chosen');

create trigger slot_leaves_nothing_read_update before update of state on slot for each row when (new.state in ('withdrawn', 'void') and exists (
      select 1 from reading where slot = new.id and state <> 'destroyed'))
      begin select raise(abort, 'what was read of a call goes with the call'); end;

create trigger slot_stays_closed_update before update of state, entry on slot for each row when (old.state in ('withdrawn', 'void'))
      begin select raise(abort, 'a call that was withdrawn does not come back'); end;

create table stamp (
  id integer primary key check (id = 1),
  kind text not null check (kind in ('demo', 'real'))
) strict;

create table strength (
  id text not null primary key,
  reading text not null references reading (id),
  criterion text not null,
  moment_ms integer not null,
  text_id text not null references text_body (id),
  chars integer not null check (chars >= 10),
  constraint strength_once unique (reading, criterion, moment_ms)
) strict;

create trigger strength_is_not_added_insert before insert on strength for each row when ((select state from reading where id = new.reading) = 'in')
      begin select raise(abort, 'already-in: what is handed in is not altered'); end;

create trigger strength_is_not_altered_delete before delete on strength for each row when ((select state from reading where id = old.reading) = 'in')
      begin select raise(abort, 'already-in: what is handed in is not altered'); end;

create trigger strength_is_not_altered_update before update on strength for each row when ((select state from reading where id = old.reading) = 'in')
      begin select raise(abort, 'already-in: what is handed in is not altered'); end;

create table talk (
  participation text not null primary key references participation (id),
  booked_at integer,
  held_at integer
) strict;

create table tally (
  queue text not null,
  quarter_start integer not null,
  tally text not null,
  revised_at integer,
  constraint tally_per_quarter primary key (quarter_start, queue)
) strict;

create table text_body (
  id text not null primary key,
  participation text not null references participation (id),
  ciphertext text
) strict;

create index text_body_by_participation on text_body (participation);

create trigger text_is_never_rewritten_update before update on text_body for each row when (new.ciphertext is not null or new.id <> old.id or new.participation <> old.participation)
      begin select raise(abort, 'a text is never written over with another'); end;

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
