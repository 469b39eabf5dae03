//! A rule of a course is proposed, to be in force from a day to come.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        clock,
    },
    ui::{Field, Select, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::{
    ids::CourseId,
    learning::{CourseRule, CourseRuleProposal, CourseRuleVersion, ProposeCourseRule},
    problem::FieldError,
    time::read_date,
};

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    course_id: RwSignal<String>,
    valid_from: RwSignal<String>,
    class_hours: RwSignal<String>,
    face_to_face_hours: RwSignal<String>,
    credits: RwSignal<String>,
    pass_pct: RwSignal<String>,
    gate_task_pct: RwSignal<String>,
    reason: RwSignal<String>,
}

/// A whole number, if a text says one.
fn number(text: RwSignal<String>) -> Option<u16> {
    text.with(|text| text.trim().parse().ok())
}

impl Draft {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            course_id: empty(),
            valid_from: empty(),
            class_hours: empty(),
            face_to_face_hours: empty(),
            credits: empty(),
            pass_pct: empty(),
            gate_task_pct: empty(),
            reason: empty(),
        }
    }

    /// Begins with what the course is so far.
    fn fill(self, rule: &CourseRule) {
        self.course_id.set(rule.course_id.to_string());
        self.class_hours.set(rule.class_hours.to_string());
        self.face_to_face_hours.set(rule.face_to_face_hours.to_string());
        self.credits.set(rule.credits.to_string());
        self.pass_pct.set(rule.pass_pct.to_string());
        self.gate_task_pct.set(rule.gate_task_pct.to_string());
    }

    fn course(self) -> Option<CourseId> {
        self.course_id.get().parse().ok()
    }

    fn stated(self) -> Option<ProposeCourseRule> {
        let rule = CourseRule {
            course_id: self.course()?,
            valid_from: read_date(&self.valid_from.get())?,
            class_hours: number(self.class_hours)?,
            face_to_face_hours: number(self.face_to_face_hours)?,
            credits: number(self.credits)?,
            pass_pct: number(self.pass_pct)?,
            gate_task_pct: number(self.gate_task_pct)?,
        };
        Some(ProposeCourseRule { rule, reason: self.reason.get() })
    }

    fn wrong(self) -> Vec<FieldError> {
        match self.stated() {
            Some(stated) => stated.check(clock::now().date_in_china()).err().unwrap_or_default(),
            None => self.missing(),
        }
    }

    /// The fields that are empty, or cannot be read.
    fn missing(self) -> Vec<FieldError> {
        let found = [
            (self.course().is_some(), "/rule/course_id"),
            (read_date(&self.valid_from.get()).is_some(), "/rule/valid_from"),
            (number(self.class_hours).is_some(), "/rule/class_hours"),
            (number(self.face_to_face_hours).is_some(), "/rule/face_to_face_hours"),
            (number(self.credits).is_some(), "/rule/credits"),
            (number(self.pass_pct).is_some(), "/rule/pass_pct"),
            (number(self.gate_task_pct).is_some(), "/rule/gate_task_pct"),
        ];
        let missing = found.into_iter().filter(|(is_there, _)| !is_there);
        missing.map(|(_, pointer)| FieldError::new(pointer, "required")).collect()
    }
}

/// The form in its dialog; `known` are the rules so far, of each course the last one first.
#[component]
pub(super) fn Propose(is_open: RwSignal<bool>, known: Vec<CourseRuleVersion>, proposed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = Draft::new();
    let checked = Checked::new(move || draft.wrong());
    let key = StoredValue::new(idempotency_key());
    let send = Callback::new(move |()| {
        let Some(stated) = untrack(|| draft.stated()) else { return };
        let key = key.get_value();
        let sending = async move { client::create(actor, "/course_rules/proposals", &key, &stated).await };
        checked.deed.run(sending, move |_: CourseRuleProposal| {
            is_open.set(false);
            toasts.done(t_string!(i18n, enrolment.rule_was_proposed));
            proposed.run(());
        });
    });
    // What was refused is another request once it is changed.
    Effect::watch(move || drop(draft.stated()), move |_, _, _| key.set_value(idempotency_key()), false);
    view! {
        <p>{t!(i18n, classes.course_rule_propose_text)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, enrolment.rule_propose_do)) send>
            <Course draft known checked />
            <Field
                id="rule_valid_from"
                label=words(|locale: Locale| td_string!(locale, enrolment.rule_valid_from))
                error=checked.error("/rule/valid_from")
            >
                <TextInput value=draft.valid_from kind="date" />
            </Field>
            <Field
                id="rule_class_hours"
                label=words(|locale: Locale| td_string!(locale, classes.course_rule_hours_field))
                error=checked.error("/rule/class_hours")
            >
                <TextInput value=draft.class_hours keyboard="numeric" />
            </Field>
            <Field
                id="rule_face_to_face_hours"
                label=words(|locale: Locale| td_string!(locale, classes.course_rule_face_field))
                error=checked.error("/rule/face_to_face_hours")
            >
                <TextInput value=draft.face_to_face_hours keyboard="numeric" />
            </Field>
            <Field
                id="rule_credits"
                label=words(|locale: Locale| td_string!(locale, classes.course_rule_credits_field))
                error=checked.error("/rule/credits")
            >
                <TextInput value=draft.credits keyboard="numeric" />
            </Field>
            <Field
                id="rule_pass_pct"
                label=words(|locale: Locale| td_string!(locale, classes.course_rule_pass_field))
                error=checked.error("/rule/pass_pct")
            >
                <TextInput value=draft.pass_pct keyboard="numeric" />
            </Field>
            <Field
                id="rule_gate_task_pct"
                label=words(|locale: Locale| td_string!(locale, classes.course_rule_gate_field))
                error=checked.error("/rule/gate_task_pct")
            >
                <TextInput value=draft.gate_task_pct keyboard="numeric" />
            </Field>
            <ReasonField value=draft.reason checked />
        </CheckedForm>
    }
}

/// Which course it is about. The other fields then say what that course is so far.
#[component]
fn Course(draft: Draft, known: Vec<CourseRuleVersion>, checked: Checked) -> impl IntoView {
    let mut courses: Vec<(String, String)> = Vec::new();
    for CourseRuleVersion { rule, course_code, course_title } in &known {
        let id = rule.course_id.to_string();
        if courses.last().is_none_or(|(last, _)| *last != id) {
            courses.push((id, format!("{course_code} {course_title}")));
        }
    }
    if let Some(first) = known.first() {
        draft.fill(&first.rule);
    }
    let so_far =
        move |id: &String| known.iter().map(|version| version.rule).find(|rule| rule.course_id.to_string() == *id);
    Effect::watch(
        move || draft.course_id.get(),
        move |id, before, _| {
            if before.is_some_and(|before| before != id)
                && let Some(rule) = so_far(id)
            {
                draft.fill(&rule);
            }
        },
        false,
    );
    view! {
        <Field
            id="rule_course"
            label=words(|locale: Locale| td_string!(locale, classes.course_rule_course))
            error=checked.error("/rule/course_id")
        >
            <Select value=draft.course_id options=Signal::stored(courses) />
        </Field>
    }
}
