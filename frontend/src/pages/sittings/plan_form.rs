//! The form in which an exam session is planned, new or again.

use super::{
    calendar::{CalendarDraft, CalendarFields},
    exam_keys::{self, ExamKeysField},
    owner::OwnerField,
    plan_check::Checked,
    quotas::{self, QuotaField},
    rules::{RulesDraft, RulesFields},
    sealed_paper::{OtherFormField, SealedPaperField, SealedPapers},
    state::{kind_name, office_name},
};
use crate::{
    i18n::{t_string, use_i18n},
    pages::courses::CourseField,
    platform::{clock, deed::Deed, when},
    ui::{Choices, Field, Select, TextInput},
};
use leptos::prelude::*;
use shared::{
    ids::PaperId,
    organisation::DivisionCode,
    sittings::{
        ExamKind, ExamRules, ExamSessionState, ExamSessionView, NewExamSession, PlanCheck, PlanFacts, RehearsedPlan,
        ReviewOffice, check_plan, may_run_tests, next_slot,
    },
    time::Timestamp,
};

/// What has been filled in.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    title: RwSignal<String>,
    kind: RwSignal<ExamKind>,
    /// Code of the division that runs it; empty for the planner's own.
    owner: RwSignal<String>,
    pub(super) course: RwSignal<String>,
    paper: RwSignal<String>,
    other_form: RwSignal<String>,
    /// Further forms of what was planned before, which stay.
    further_forms: StoredValue<Vec<PaperId>>,
    starts_at: RwSignal<String>,
    duration: RwSignal<String>,
    closes_at: RwSignal<String>,
    hard_stop: RwSignal<String>,
    calendar: CalendarDraft,
    rules: RulesDraft,
    exam_keys: RwSignal<String>,
    quotas: RwSignal<String>,
    /// The last office that reviews registrations; empty if none does.
    reviewed_up_to: RwSignal<String>,
    pub(super) was_sent: RwSignal<bool>,
}

impl Form {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        let text = || RwSignal::new(String::new());
        let duration = RwSignal::new("60".to_owned());
        let (title, course, paper, starts_at) = (text(), text(), text(), text());
        let hard_stop = text();
        let (calendar, was_sent) = (CalendarDraft::of(None), RwSignal::new(false));
        let rules = RulesDraft::of(ExamRules::usual());
        let (kind, closes_at) = (RwSignal::new(ExamKind::Unified), text());
        let (other_form, further_forms) = (text(), StoredValue::new(Vec::new()));
        Self {
            title,
            kind,
            owner: text(),
            course,
            paper,
            other_form,
            further_forms,
            starts_at,
            duration,
            closes_at,
            hard_stop,
            calendar,
            rules,
            exam_keys: text(),
            quotas: text(),
            reviewed_up_to: text(),
            was_sent,
        }
    }

    /// Another test of the same day, at the next time of the grid; its course and its paper are open.
    pub(super) fn beside(known: &ExamSessionView) -> Self {
        let open = Self::new();
        let starts_at = next_slot(known.ends_at).map(when::to_input).unwrap_or_default();
        Self {
            title: open.title,
            course: open.course,
            paper: open.paper,
            other_form: open.other_form,
            further_forms: open.further_forms,
            starts_at: RwSignal::new(starts_at),
            ..Self::of(known)
        }
    }

    /// What was planned before.
    pub(super) fn of(known: &ExamSessionView) -> Self {
        Self {
            title: RwSignal::new(known.title.clone()),
            kind: RwSignal::new(known.kind),
            owner: RwSignal::new(
                DivisionCode::parse(&known.division)
                    .filter(|at| may_run_tests(*at))
                    .map(|at| at.to_string())
                    .unwrap_or_default(),
            ),
            course: RwSignal::new(known.course_id.to_string()),
            paper: RwSignal::new(known.paper_id.to_string()),
            other_form: RwSignal::new(known.other_paper_ids.first().map(ToString::to_string).unwrap_or_default()),
            further_forms: StoredValue::new(known.other_paper_ids.iter().skip(1).copied().collect()),
            starts_at: RwSignal::new(when::to_input(known.starts_at)),
            duration: RwSignal::new(known.duration_min.to_string()),
            closes_at: RwSignal::new(known.closes_at.map(when::to_input).unwrap_or_default()),
            hard_stop: RwSignal::new(known.hard_stop_at.map(when::to_input).unwrap_or_default()),
            calendar: CalendarDraft::of(known.calendar),
            rules: RulesDraft::of(known.rules),
            exam_keys: RwSignal::new(exam_keys::typed(&known.browser_exam_keys)),
            quotas: RwSignal::new(quotas::typed(&known.quotas)),
            reviewed_up_to: RwSignal::new(known.reviewed_up_to.map(|office| office.to_string()).unwrap_or_default()),
            was_sent: RwSignal::new(false),
        }
    }

    /// The plan, if everything can be read; the server judges the rest.
    pub(super) fn plan(self, papers: SealedPapers) -> Option<NewExamSession> {
        Some(NewExamSession {
            title: Some(self.title.get_untracked()).filter(|title| !title.trim().is_empty())?,
            kind: self.kind.get_untracked(),
            division: self.owner.with(|code| DivisionCode::parse(code)),
            course_id: self.course.get_untracked().parse().ok()?,
            paper_id: papers.chosen(&self.paper.get_untracked())?,
            other_paper_ids: self.other_forms(papers)?,
            starts_at: when::from_input(&self.starts_at.get_untracked())?,
            duration_min: minutes(&self.duration.get_untracked())?,
            closes_at: self.closes()?,
            hard_stop_at: self.hard_stop.with_untracked(|typed| if_any(typed))?,
            calendar: self.calendar.read()?,
            rules: Some(self.rules.read()?),
            quotas: self.quotas.with(|typed| quotas::read(typed))?,
            reviewed_up_to: self.reviewed_up_to.with(|typed| ReviewOffice::parse(typed)),
            browser_exam_keys: self.exam_keys()?,
        })
    }

    /// The other forms: none at all is right, too. `None` if the chosen one is none of the course.
    fn other_forms(self, papers: SealedPapers) -> Option<Vec<PaperId>> {
        let chosen = self.other_form.get();
        if chosen.is_empty() {
            return Some(Vec::new());
        }
        Some([papers.chosen(&chosen)?].into_iter().chain(self.further_forms.get_value()).collect())
    }

    /// The keys of browsers that it takes: none where it is sat in any.
    fn exam_keys(self) -> Option<Vec<String>> {
        match self.rules.safe_browser.get() {
            true => self.exam_keys.with(|typed| exam_keys::read(typed)),
            false => Some(Vec::new()),
        }
    }

    /// Until when it is open: only a mock test is.
    fn closes(self) -> Option<Option<Timestamp>> {
        match self.kind.get() {
            ExamKind::Mock => self.closes_at.with(|typed| if_any(typed)),
            ExamKind::Unified => Some(None),
        }
    }

    /// It is for something else from now on, by the rules that are usual then.
    fn choose(self, kind: ExamKind) {
        self.kind.set(kind);
        self.rules.fill(match kind {
            ExamKind::Unified => ExamRules::usual(),
            ExamKind::Mock => ExamRules::lenient(),
        });
    }

    /// What is wrong with the plan as far as it is typed, by the rules that the server has too; nothing as long as it
    /// cannot be read.
    fn checked(self) -> Option<PlanCheck> {
        let starts_at = self.starts_at.with(|typed| when::from_input(typed))?;
        let duration_min = self.duration.with(|typed| minutes(typed))?;
        let plan = RehearsedPlan { starts_at, duration_min, rules: self.rules.read()? };
        Some(check_plan(&PlanFacts {
            state: ExamSessionState::Draft,
            kind: self.kind.get(),
            now: clock::now(),
            plan,
            hard_stop_at: self.hard_stop.with(|typed| if_any(typed))?,
            // Of these the server knows, once there is a draft.
            has_paper: true,
            is_practised: false,
            candidates: 0,
            most_extra_min: None,
            overlapping: 0,
            overlapping_running: 0,
            same_course: 0,
            same_time: 0,
            seats: Some(0),
            seating: None,
        }))
    }
}

/// A moment as a person types it: none at all is right, too. `None` if it cannot be read.
fn if_any(text: &str) -> Option<Option<Timestamp>> {
    if text.is_empty() { Some(None) } else { when::from_input(text).map(Some) }
}

/// Whole minutes as a person types them.
fn minutes(text: &str) -> Option<u16> {
    text.trim().parse().ok()
}

/// What the rules say of the plan as far as it is typed.
#[component]
pub(super) fn Preview(
    /// What has been filled in.
    form: Form,
) -> impl IntoView {
    let check = Memo::new(move |_| form.checked());
    move || check.get().map(|check| view! { <Checked check=Signal::stored(check) /> })
}

/// Every field. One is wrong if the server says so, or if it cannot be read and the form was sent.
#[component]
pub(super) fn Fields(
    /// What has been filled in.
    form: Form,
    /// The papers of the chosen course.
    papers: SealedPapers,
    /// Sending it.
    deed: Deed,
) -> impl IntoView {
    let i18n = use_i18n();
    let error = move |pointer: &'static str, is_readable: Box<dyn Fn() -> bool + Send + Sync>| {
        Signal::derive(move || {
            if form.was_sent.get() && !is_readable() {
                t_string!(i18n, common.required).to_owned()
            } else {
                deed.field(pointer).get()
            }
        })
    };
    let is_filled = |value: RwSignal<String>| Box::new(move || value.with(|value| !value.trim().is_empty()));
    let duration_error = move || {
        let is_unreadable = form.was_sent.get() && form.duration.with(|typed| minutes(typed).is_none());
        if is_unreadable {
            t_string!(i18n, sittings.bad_duration).to_owned()
        } else {
            deed.field("/duration_min").get()
        }
    };
    let kinds = move || {
        let kind = |kind: &ExamKind| (kind.as_str().to_owned(), kind_name(i18n.get_locale(), *kind).to_owned());
        ExamKind::ALL.iter().map(kind).collect::<Vec<_>>()
    };
    let offices = move || {
        let office = |office: &ReviewOffice| (office.to_string(), office_name(i18n.get_locale(), *office).to_owned());
        ReviewOffice::ALL.iter().map(office).collect::<Vec<_>>()
    };
    let closes_error = error("/closes_at", Box::new(move || form.closes().is_some()));
    view! {
        <Choices
            legend=Signal::derive(move || t_string!(i18n, sittings.kind).to_owned())
            value=Signal::derive(move || form.kind.get().as_str().to_owned())
            options=Signal::derive(kinds)
            on_choose=move |word: String| form.choose(ExamKind::parse(&word).unwrap_or_default())
        />
        <Field
            id="title"
            label=Signal::derive(move || t_string!(i18n, sittings.session_title).to_owned())
            hint=Signal::derive(move || t_string!(i18n, sittings.session_title_hint).to_owned())
            error=error("/title", is_filled(form.title))
        >
            <TextInput value=form.title />
        </Field>
        <OwnerField value=form.owner deed />
        <CourseField
            id="course"
            label=Signal::derive(move || t_string!(i18n, sittings.course).to_owned())
            error=error("/course_id", is_filled(form.course))
            value=form.course
        />
        <SealedPaperField
            papers
            value=form.paper
            error=error("/paper_id", Box::new(move || form.paper.with(|paper| papers.chosen(paper)).is_some()))
        />
        <OtherFormField
            papers
            first=form.paper
            value=form.other_form
            error=error("/other_paper_ids/0", Box::new(move || form.other_forms(papers).is_some()))
        />
        <Field
            id="starts_at"
            label=Signal::derive(move || t_string!(i18n, sittings.starts_at).to_owned())
            hint=Signal::derive(move || t_string!(i18n, sittings.starts_at_hint).to_owned())
            error=error("/starts_at", Box::new(move || form.starts_at.with(|at| when::from_input(at)).is_some()))
        >
            <TextInput value=form.starts_at kind="datetime-local" />
        </Field>
        <Field
            id="duration"
            label=Signal::derive(move || t_string!(i18n, sittings.duration).to_owned())
            hint=Signal::derive(move || t_string!(i18n, sittings.duration_hint).to_owned())
            error=Signal::derive(duration_error)
        >
            <TextInput value=form.duration keyboard="numeric" />
        </Field>
        <Show when=move || form.kind.get() == ExamKind::Mock>
            <Field
                id="closes_at"
                label=Signal::derive(move || t_string!(i18n, sittings.closes_at).to_owned())
                hint=Signal::derive(move || t_string!(i18n, sittings.closes_at_hint).to_owned())
                error=closes_error
            >
                <TextInput value=form.closes_at kind="datetime-local" />
            </Field>
        </Show>
        <Field
            id="hard_stop_at"
            label=Signal::derive(move || t_string!(i18n, sittings.hard_stop).to_owned())
            hint=Signal::derive(move || t_string!(i18n, sittings.hard_stop_hint).to_owned())
            error=error("/hard_stop_at", Box::new(move || form.hard_stop.with(|typed| if_any(typed)).is_some()))
        >
            <TextInput value=form.hard_stop kind="datetime-local" />
        </Field>
        <Field
            id="reviewed_up_to"
            label=Signal::derive(move || t_string!(i18n, sittings.reviewed_up_to).to_owned())
            hint=Signal::derive(move || t_string!(i18n, sittings.reviewed_up_to_hint).to_owned())
            error=deed.field("/reviewed_up_to")
        >
            <Select
                value=form.reviewed_up_to
                options=Signal::derive(offices)
                empty=Signal::derive(move || t_string!(i18n, sittings.no_review).to_owned())
            />
        </Field>
        <QuotaField value=form.quotas was_sent=form.was_sent deed />
        <RulesFields draft=form.rules was_sent=form.was_sent deed />
        <Show when=move || form.rules.safe_browser.get()>
            <ExamKeysField value=form.exam_keys was_sent=form.was_sent deed />
        </Show>
        <CalendarFields
            draft=form.calendar
            starts_at=Signal::derive(move || form.starts_at.with(|typed| when::from_input(typed)))
            was_sent=form.was_sent
            deed
        />
    }
}
