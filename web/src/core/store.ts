// What the server has shown us: cards by kind and id, replaced as updates come.
import type {
  AlertCard,
  ApprovalCard, ClientCard,
  BoardCard,
  CallCard,
  CaseCard,
  CaseCategoryCard,
  IncidentCard,
  PersonCard,
  RefusedSignInCard,
  ReviewCard,
  ReviewFormCard,
  SelfCard,
  ShiftCard,
  StaffCard,
  StationCard,
  TaskCard,
  UnitCard,
  Update,
} from './messages.gen';

export class Store {
  self: SelfCard | undefined;
  board: BoardCard | undefined;
  calls = new Map<number, CallCard>();
  incidents = new Map<number, IncidentCard>();
  units = new Map<number, UnitCard>();
  alerts = new Map<number, AlertCard>();
  tasks = new Map<number, TaskCard>();
  people = new Map<number, PersonCard>();
  shifts = new Map<number, ShiftCard>();
  staff = new Map<number, StaffCard>();
  approvals = new Map<number, ApprovalCard>();
  clients = new Map<number, ClientCard>();
  refused_sign_ins = new Map<number, RefusedSignInCard>();
  reviews = new Map<number, ReviewCard>();
  cases = new Map<number, CaseCard>();
  /** By code. */
  case_categories = new Map<string, CaseCategoryCard>();
  /** By version. */
  review_forms = new Map<number, ReviewFormCard>();
  stations = new Map<string, StationCard>();

  apply(update: Update): void {
    if (update.full) this.clear();
    if (update.self) this.self = update.self;
    if (update.board) this.board = update.board;
    for (const card of update.calls) this.calls.set(card.call, card);
    for (const card of update.incidents) this.incidents.set(card.incident, card);
    for (const card of update.units) this.units.set(card.unit, card);
    for (const card of update.alerts) this.alerts.set(card.alert, card);
    for (const card of update.tasks) this.tasks.set(card.task, card);
    for (const card of update.people) this.people.set(card.person, card);
    for (const card of update.shifts) this.shifts.set(card.shift, card);
    for (const card of update.staff) this.staff.set(card.person, card);
    for (const card of update.approvals) this.approvals.set(card.approval, card);
    for (const card of update.clients) this.clients.set(card.client, card);
    for (const card of update.refused_sign_ins) this.refused_sign_ins.set(card.refusal, card);
    for (const card of update.reviews) this.reviews.set(card.review, card);
    for (const card of update.cases) this.cases.set(card.complaint, card);
    for (const card of update.case_categories) this.case_categories.set(card.code, card);
    for (const card of update.review_forms) this.review_forms.set(card.version, card);
    for (const card of update.stations) this.stations.set(card.station, card);
    for (const gone of update.removed) this.shelf(gone.kind)?.delete(gone.id);
  }

  private shelf(kind: string): Map<number, unknown> | undefined {
    switch (kind) {
      case 'call':
        return this.calls;
      case 'incident':
        return this.incidents;
      case 'unit':
        return this.units;
      case 'alert':
        return this.alerts;
      case 'task':
        return this.tasks;
      case 'person':
        return this.people;
      case 'shift':
        return this.shifts;
      case 'staff':
        return this.staff;
      case 'approval':
        return this.approvals;
      case 'client':
        return this.clients;
      case 'case':
        return this.cases;
      case 'review':
        return this.reviews;
      case 'refused_sign_in':
        return this.refused_sign_ins;
      default:
        return undefined;
    }
  }

  private clear(): void {
    this.self = undefined;
    this.board = undefined;
    for (const shelf of [this.calls, this.incidents, this.units, this.alerts, this.tasks, this.people, this.shifts, this.staff, this.approvals, this.clients, this.cases, this.reviews, this.refused_sign_ins])
      shelf.clear();
    this.case_categories.clear();
    this.review_forms.clear();
    this.stations.clear();
  }
}

/** Who may begin or enter a call by themselves: in none, and not in training. */
export function handsFree(self: SelfCard | undefined): boolean {
  return self?.state === 'ready' || (self?.state === 'not_ready' && self.not_ready_reason !== 'training');
}
