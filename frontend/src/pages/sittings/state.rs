//! The phases of an exam session, in words.

use crate::{
    i18n::{Locale, td_string, use_i18n},
    platform::clock,
    ui::{Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    sittings::{ExamKind, ExamSessionState, ExamSessionView, ReviewOffice},
    time::Timestamp,
};

/// A phase as people see it: the states, and the running test between two of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Being planned.
    Draft,
    /// Learners can register.
    Registering,
    /// Sittings are there; the key is not armed.
    Arranged,
    /// Waits for the clock.
    Armed,
    /// Candidates are working.
    Running,
    /// Responses are being marked.
    Marking,
    /// Results are out.
    Published,
    /// Called off.
    Cancelled,
}

impl Phase {
    /// Every phase of one that is not called off, in order.
    pub(super) const ALL: [Self; 7] =
        [Self::Draft, Self::Registering, Self::Arranged, Self::Armed, Self::Running, Self::Marking, Self::Published];

    /// Where an exam session stands at an instant.
    pub(super) fn of(exam_session: &ExamSessionView, now: Timestamp) -> Self {
        Self::at(exam_session.state, exam_session.starts_at, now)
    }

    fn at(state: ExamSessionState, starts_at: Timestamp, now: Timestamp) -> Self {
        match state {
            ExamSessionState::Draft => Self::Draft,
            ExamSessionState::Registering => Self::Registering,
            ExamSessionState::Arranged => Self::Arranged,
            ExamSessionState::Armed if now < starts_at => Self::Armed,
            ExamSessionState::Armed => Self::Running,
            ExamSessionState::Marking => Self::Marking,
            ExamSessionState::Published => Self::Published,
            ExamSessionState::Cancelled => Self::Cancelled,
        }
    }

    /// Its name.
    pub(super) fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Draft => td_string!(locale, sittings.draft),
            Self::Registering => td_string!(locale, sittings.registering),
            Self::Arranged => td_string!(locale, sittings.arranged),
            Self::Armed => td_string!(locale, sittings.armed),
            Self::Running => td_string!(locale, sittings.running),
            Self::Marking => td_string!(locale, sittings.marking),
            Self::Published => td_string!(locale, sittings.published),
            Self::Cancelled => td_string!(locale, sittings.cancelled),
        }
    }

    /// Its number, from 0; the number of phases once there is nothing left to do.
    pub(super) fn position(self) -> usize {
        match self {
            Self::Published => Self::ALL.len(),
            _ => Self::ALL.iter().position(|phase| *phase == self).unwrap_or_default(),
        }
    }

    const fn tone(self) -> Tone {
        match self {
            Self::Draft | Self::Cancelled => Tone::Plain,
            Self::Running | Self::Published => Tone::Ok,
            Self::Registering | Self::Arranged | Self::Armed | Self::Marking => Tone::Wait,
        }
    }
}

/// What a test is for.
pub(super) fn kind_name(locale: Locale, kind: ExamKind) -> &'static str {
    match kind {
        ExamKind::Unified => td_string!(locale, sittings.kind_unified),
        ExamKind::Mock => td_string!(locale, sittings.kind_mock),
    }
}

/// Who reviews registrations.
pub(super) fn office_name(locale: Locale, office: ReviewOffice) -> &'static str {
    match office {
        ReviewOffice::School => td_string!(locale, sittings.office_school),
        ReviewOffice::County => td_string!(locale, sittings.accommodation_office_county),
        ReviewOffice::City => td_string!(locale, sittings.accommodation_office_city),
    }
}

/// Says that a test is for practice, if it is.
#[component]
pub(super) fn MockTag(
    /// What it is for.
    kind: ExamKind,
) -> impl IntoView {
    let i18n = use_i18n();
    (kind == ExamKind::Mock).then(|| {
        view! { <Tag tone=Tone::Credit>{move || kind_name(i18n.get_locale(), kind)}</Tag> " " }
    })
}

/// Where an exam session stands.
#[component]
pub(super) fn PhaseTag(
    /// Its state.
    state: ExamSessionState,
    /// When candidates may begin.
    starts_at: Timestamp,
) -> impl IntoView {
    let i18n = use_i18n();
    let phase = Phase::at(state, starts_at, clock::now());
    view! { <Tag tone=phase.tone()>{move || phase.name(i18n.get_locale())}</Tag> }
}

/// Where an exam session stands, and whether a second person is awaited.
#[component]
pub(super) fn StateTags(
    /// The exam session.
    exam_session: ExamSessionView,
) -> impl IntoView {
    let i18n = use_i18n();
    let phase = Phase::of(&exam_session, clock::now());
    let second = exam_session.awaits_second_person.then(|| {
        view! { " " <Tag tone=Tone::Stop>{move || td_string!(i18n.get_locale(), sittings.awaits_second)}</Tag> }
    });
    let kind = exam_session.kind;
    view! { <MockTag kind /> <Tag tone=phase.tone()>{move || phase.name(i18n.get_locale())}</Tag> {second} }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        ids::{CourseId, ExamSessionId, PaperId},
        sittings::{ExamRules, ExamSessionCounts},
    };

    fn exam_session(state: ExamSessionState) -> ExamSessionView {
        ExamSessionView {
            id: ExamSessionId(uuid::Uuid::nil()),
            version: 1,
            title: String::new(),
            kind: ExamKind::Unified,
            division: "33".to_owned(),
            division_name: String::new(),
            course_id: CourseId(uuid::Uuid::nil()),
            course_title: String::new(),
            paper_id: PaperId(uuid::Uuid::nil()),
            other_paper_ids: Vec::new(),
            starts_at: Timestamp(1_000),
            duration_min: 60,
            ends_at: Timestamp(2_000),
            closes_at: None,
            hard_stop_at: None,
            calendar: None,
            rules: ExamRules::lenient(),
            quotas: Vec::new(),
            reviewed_up_to: None,
            browser_exam_keys: Vec::new(),
            state,
            counts: ExamSessionCounts::default(),
            awaits_second_person: false,
            postponed: None,
            cancelled_because: None,
            exam_window_id: None,
        }
    }

    #[test]
    fn an_armed_session_runs_from_its_start() {
        let armed = exam_session(ExamSessionState::Armed);
        assert_eq!(Phase::of(&armed, Timestamp(999)), Phase::Armed);
        assert_eq!(Phase::of(&armed, Timestamp(1_000)), Phase::Running);
        // Until the server has closed every sitting.
        assert_eq!(Phase::of(&armed, Timestamp(9_000)), Phase::Running);
    }

    #[test]
    fn the_last_phase_leaves_no_step_open() {
        let published = Phase::of(&exam_session(ExamSessionState::Published), Timestamp(0));
        assert_eq!(published.position(), Phase::ALL.len());
    }
}
