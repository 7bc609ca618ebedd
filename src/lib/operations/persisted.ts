/**
 * The operations that our own pages send, each by its SHA-256 alone: the server knows the texts, so a browser can ask
 * for nothing else, and carries neither a parser nor a printer. Only types come from the documents here.
 */
import type { ResultOf, VariablesOf } from 'gql.tada';
import type * as account from './account.ts';
import type * as administration from './administration.ts';
import type * as agents from './agents.ts';
import type * as announcements from './announcements.ts';
import type * as boards from './boards.ts';
import type * as drafts from './drafts.ts';
import { hashes } from './hashes.ts';
import type * as people from './people.ts';
import type * as keeping from './keeping.ts';
import type * as recordings from './recordings.ts';
import type * as screens from './screens.ts';
import type * as strip from './strip.ts';
import type * as wallboard from './wallboard.ts';

/** An operation known to both ends. The type parameters say what it answers and what it needs. */
export interface Persisted<Result, Variables> {
  name: keyof typeof hashes;
  hash: string;
  /** Never set: it ties the types to the value. */
  readonly types?: (variables: Variables) => Result;
}

/** What an operation answers. */
export type Answer<Operation> = Operation extends Persisted<infer Result, never> ? Result : never;

export function persisted<Document>(name: keyof typeof hashes): Persisted<ResultOf<Document>, VariablesOf<Document>> {
  return { name, hash: hashes[name] };
}

export const ownAccountQuery = persisted<typeof account.ownAccountDocument>('OwnAccount');
export const proveMutation = persisted<typeof account.proveDocument>('Prove');
export const auditQuery = persisted<typeof account.auditDocument>('Audit');
export const peopleQuery = persisted<typeof people.peopleDocument>('People');
export const addPersonMutation = persisted<typeof people.addPersonDocument>('AddPerson');
export const setPersonRolesMutation = persisted<typeof people.setPersonRolesDocument>('SetPersonRoles');
export const setPersonUnitsMutation = persisted<typeof people.setPersonUnitsDocument>('SetPersonUnits');
export const setPersonDisabledMutation = persisted<typeof people.setPersonDisabledDocument>('SetPersonDisabled');
export const makePasswordLinkMutation = persisted<typeof people.makePasswordLinkDocument>('MakePasswordLink');
export const previewPeopleFileMutation = persisted<typeof people.previewPeopleFileDocument>('PreviewPeopleFile');
export const importPeopleFileMutation = persisted<typeof people.importPeopleFileDocument>('ImportPeopleFile');
export const endSessionMutation = persisted<typeof account.endSessionDocument>('EndSession');
export const endOtherSessionsMutation = persisted<typeof account.endOtherSessionsDocument>('EndOtherSessions');
export const agentsQuery = persisted<typeof agents.agentsDocument>('Agents');
export const namesByStateQuery = persisted<typeof agents.namesByStateDocument>('NamesByState');
export const tieAgentMutation = persisted<typeof agents.tieAgentDocument>('TieAgent');
export const untieAgentMutation = persisted<typeof agents.untieAgentDocument>('UntieAgent');
export const announcementsQuery = persisted<typeof announcements.announcementsDocument>('Announcements');
export const postAnnouncementMutation = persisted<typeof announcements.postAnnouncementDocument>('PostAnnouncement');
export const takeDownAnnouncementMutation =
  persisted<typeof announcements.takeDownAnnouncementDocument>('TakeDownAnnouncement');
export const apiTokensQuery = persisted<typeof administration.apiTokensDocument>('ApiTokens');
export const createApiTokenMutation = persisted<typeof administration.createApiTokenDocument>('CreateApiToken');
export const firstStepsQuery = persisted<typeof administration.firstStepsDocument>('FirstSteps');
export const endFirstStepsMutation = persisted<typeof administration.endFirstStepsDocument>('EndFirstSteps');
export const exchangesQuery = persisted<typeof administration.exchangesDocument>('Exchanges');
export const recordingsQuery = persisted<typeof recordings.recordingsDocument>('Recordings');
export const allowRecordingMutation = persisted<typeof recordings.allowRecordingDocument>('AllowRecording');
export const forbidRecordingMutation = persisted<typeof recordings.forbidRecordingDocument>('ForbidRecording');
export const retentionRulesQuery = persisted<typeof administration.retentionRulesDocument>('RetentionRules');
export const revokeApiTokenMutation = persisted<typeof administration.revokeApiTokenDocument>('RevokeApiToken');
export const setRetentionRuleMutation = persisted<typeof administration.setRetentionRuleDocument>('SetRetentionRule');
export const boardsQuery = persisted<typeof boards.boardsDocument>('Boards');
export const screensQuery = persisted<typeof screens.screensDocument>('Screens');
export const lookUpPairingMutation = persisted<typeof screens.lookUpPairingDocument>('LookUpPairing');
export const approvePairingMutation = persisted<typeof screens.approvePairingDocument>('ApprovePairing');
export const confirmPairingMutation = persisted<typeof screens.confirmPairingDocument>('ConfirmPairing');
export const identifyScreenMutation = persisted<typeof screens.identifyScreenDocument>('IdentifyScreen');
export const reloadScreenMutation = persisted<typeof screens.reloadScreenDocument>('ReloadScreen');
export const moveScreenMutation = persisted<typeof screens.moveScreenDocument>('MoveScreen');
export const revokeScreenMutation = persisted<typeof screens.revokeScreenDocument>('RevokeScreen');
export const ownScreenQuery = persisted<typeof screens.ownScreenDocument>('OwnScreen');
export const ownScreenSubscription = persisted<typeof screens.ownScreenLiveDocument>('OwnScreenLive');
export const reportScreenMutation = persisted<typeof screens.reportScreenDocument>('ReportScreen');
export const draftQuery = persisted<typeof drafts.draftDocument>('Draft');
export const saveDraftMutation = persisted<typeof drafts.saveDraftDocument>('SaveDraft');
export const draftChangedSubscription = persisted<typeof drafts.draftChangedDocument>('DraftChanged');
export const stripQuery = persisted<typeof strip.stripDocument>('Strip');
export const stripSubscription = persisted<typeof strip.stripLiveDocument>('StripLive');
export const stripSettingsQuery = persisted<typeof strip.stripSettingsDocument>('StripSettings');
export const saveStripSettingsMutation = persisted<typeof strip.saveStripSettingsDocument>('SaveStripSettings');
export const pauseSelfMutation = persisted<typeof strip.pauseSelfDocument>('PauseSelf');
export const boardDefinitionsQuery = persisted<typeof keeping.boardDefinitionsDocument>('BoardDefinitions');
export const boardPreviewQuery = persisted<typeof keeping.boardPreviewDocument>('BoardPreview');
export const saveBoardMutation = persisted<typeof keeping.saveBoardDocument>('SaveBoard');
export const removeBoardMutation = persisted<typeof keeping.removeBoardDocument>('RemoveBoard');
export const queueSettingsQuery = persisted<typeof keeping.queueSettingsDocument>('QueueSettings');
export const setQueueMutation = persisted<typeof keeping.setQueueDocument>('SetQueue');
export const saveUnitMutation = persisted<typeof keeping.saveUnitDocument>('SaveUnit');
export const orderUnitsMutation = persisted<typeof keeping.orderUnitsDocument>('OrderUnits');
export const openingHoursQuery = persisted<typeof keeping.openingHoursDocument>('OpeningHours');
export const setOpeningHoursMutation = persisted<typeof keeping.setOpeningHoursDocument>('SetOpeningHours');
export const wallboardQuery = persisted<typeof wallboard.wallboardDocument>('Wallboard');
export const wallboardSubscription = persisted<typeof wallboard.wallboardLiveDocument>('WallboardLive');

/** A board's frame as it comes over the wire: instants are texts. */
export type WireFrame = ResultOf<typeof wallboard.wallboardFragment>;
export type WireDefinition = ResultOf<typeof keeping.boardDefinitionsDocument>['boardDefinitions'][number];
export type WireBoardInput = VariablesOf<typeof keeping.saveBoardDocument>['board'];
export type WireStrip = ResultOf<typeof strip.stripFragment>;
