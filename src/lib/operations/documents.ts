/** The server's side of the persisted operations: which document a hash stands for. No browser loads this. */
import type { DocumentNode } from 'graphql';
import {
  auditDocument,
  endOtherSessionsDocument,
  endSessionDocument,
  ownAccountDocument,
  proveDocument
} from './account.ts';
import {
  addPersonDocument,
  importPeopleFileDocument,
  makePasswordLinkDocument,
  peopleDocument,
  previewPeopleFileDocument,
  setPersonDisabledDocument,
  setPersonRolesDocument,
  setPersonUnitsDocument
} from './people.ts';
import { agentsDocument, namesByStateDocument, tieAgentDocument, untieAgentDocument } from './agents.ts';
import { announcementsDocument, postAnnouncementDocument, takeDownAnnouncementDocument } from './announcements.ts';
import {
  apiTokensDocument,
  createApiTokenDocument,
  endFirstStepsDocument,
  exchangesDocument,
  firstStepsDocument,
  retentionRulesDocument,
  revokeApiTokenDocument,
  setRetentionRuleDocument
} from './administration.ts';
import { boardsDocument } from './boards.ts';
import { coachingNamed } from './coaching-documents.ts';
import { draftChangedDocument, draftDocument, saveDraftDocument } from './drafts.ts';
import { hashes } from './hashes.ts';
import {
  boardDefinitionsDocument,
  boardPreviewDocument,
  openingHoursDocument,
  orderUnitsDocument,
  queueSettingsDocument,
  removeBoardDocument,
  saveBoardDocument,
  saveUnitDocument,
  setOpeningHoursDocument,
  setQueueDocument
} from './keeping.ts';
import { allowRecordingDocument, forbidRecordingDocument, recordingsDocument } from './recordings.ts';
import {
  approvePairingDocument,
  confirmPairingDocument,
  identifyScreenDocument,
  lookUpPairingDocument,
  moveScreenDocument,
  ownScreenDocument,
  ownScreenLiveDocument,
  reloadScreenDocument,
  reportScreenDocument,
  revokeScreenDocument,
  screensDocument
} from './screens.ts';
import {
  pauseSelfDocument,
  saveStripSettingsDocument,
  stripDocument,
  stripLiveDocument,
  stripSettingsDocument
} from './strip.ts';
import { wallboardDocument, wallboardLiveDocument } from './wallboard.ts';

/** Each under the name of its operation. `hashes.ts` is made from these texts by `npm run schema`. */
export const named = {
  ApiTokens: apiTokensDocument,
  CreateApiToken: createApiTokenDocument,
  Exchanges: exchangesDocument,
  Recordings: recordingsDocument,
  AllowRecording: allowRecordingDocument,
  ForbidRecording: forbidRecordingDocument,
  RetentionRules: retentionRulesDocument,
  RevokeApiToken: revokeApiTokenDocument,
  SetRetentionRule: setRetentionRuleDocument,
  Boards: boardsDocument,
  OwnAccount: ownAccountDocument,
  Prove: proveDocument,
  Audit: auditDocument,
  People: peopleDocument,
  AddPerson: addPersonDocument,
  SetPersonRoles: setPersonRolesDocument,
  SetPersonUnits: setPersonUnitsDocument,
  SetPersonDisabled: setPersonDisabledDocument,
  MakePasswordLink: makePasswordLinkDocument,
  PreviewPeopleFile: previewPeopleFileDocument,
  ImportPeopleFile: importPeopleFileDocument,
  EndSession: endSessionDocument,
  EndOtherSessions: endOtherSessionsDocument,
  Screens: screensDocument,
  LookUpPairing: lookUpPairingDocument,
  ApprovePairing: approvePairingDocument,
  ConfirmPairing: confirmPairingDocument,
  IdentifyScreen: identifyScreenDocument,
  ReloadScreen: reloadScreenDocument,
  MoveScreen: moveScreenDocument,
  RevokeScreen: revokeScreenDocument,
  OwnScreen: ownScreenDocument,
  OwnScreenLive: ownScreenLiveDocument,
  ReportScreen: reportScreenDocument,
  FirstSteps: firstStepsDocument,
  EndFirstSteps: endFirstStepsDocument,
  NamesByState: namesByStateDocument,
  Agents: agentsDocument,
  TieAgent: tieAgentDocument,
  UntieAgent: untieAgentDocument,
  Announcements: announcementsDocument,
  PostAnnouncement: postAnnouncementDocument,
  TakeDownAnnouncement: takeDownAnnouncementDocument,
  Draft: draftDocument,
  SaveDraft: saveDraftDocument,
  DraftChanged: draftChangedDocument,
  Strip: stripDocument,
  StripLive: stripLiveDocument,
  StripSettings: stripSettingsDocument,
  SaveStripSettings: saveStripSettingsDocument,
  PauseSelf: pauseSelfDocument,
  BoardDefinitions: boardDefinitionsDocument,
  BoardPreview: boardPreviewDocument,
  SaveBoard: saveBoardDocument,
  RemoveBoard: removeBoardDocument,
  QueueSettings: queueSettingsDocument,
  SetQueue: setQueueDocument,
  SaveUnit: saveUnitDocument,
  OrderUnits: orderUnitsDocument,
  OpeningHours: openingHoursDocument,
  SetOpeningHours: setOpeningHoursDocument,
  Wallboard: wallboardDocument,
  WallboardLive: wallboardLiveDocument,
  ...coachingNamed
} as const satisfies Record<keyof typeof hashes, unknown>;

export const documents: ReadonlyMap<string, DocumentNode> = new Map(
  Object.entries(named).map(([name, document]) => [
    hashes[name as keyof typeof hashes],
    // gql.tada parses with a smaller parser, whose nodes are the same but for their types.
    document as unknown as DocumentNode
  ])
);
