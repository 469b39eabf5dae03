//! Recording a training.

use super::{
    super::skill_words::{department_name, level_name, source_name},
    Who,
};
use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client, clock, creation::CreationKey},
    ui::{Field, Select, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::{
    ids::AccountId,
    problem::FieldError,
    teaching::{SkillDepartment, SkillLevel, SkillSource, SkillTrainingEntry, SkillTrainingView},
    time::read_date,
};

/// The school that records; asked for where there are several.
#[component]
pub(super) fn SchoolField(who: Who, value: RwSignal<String>, error: Signal<String>) -> impl IntoView {
    let schools = who.schools.get_value();
    (schools.len() > 1).then(|| {
        let options: Vec<_> = schools.into_iter().map(|school| (school.provider_id.to_string(), school.name)).collect();
        view! {
            <Field id="school" label=words(|locale| td_string!(locale, enrolment.school)) error>
                <Select value options=Signal::stored(options) />
            </Field>
        }
    })
}

/// The only school, if there is one.
pub(super) fn only_school(who: Who) -> RwSignal<String> {
    let only = who.schools.with_value(|schools| match schools.as_slice() {
        [only] => only.provider_id.to_string(),
        _ => String::new(),
    });
    RwSignal::new(only)
}

/// What is missing of these fields.
pub(super) fn missing(fields: &[(bool, &'static str)]) -> Vec<FieldError> {
    let is_missing = fields.iter().filter(|(is_missing, _)| *is_missing);
    is_missing.map(|(_, pointer)| FieldError::new(*pointer, "required")).collect()
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    learner: AccountId,
    school: RwSignal<String>,
    project: RwSignal<String>,
    occupation: RwSignal<String>,
    code: RwSignal<String>,
    level: RwSignal<String>,
    department: RwSignal<String>,
    source: RwSignal<String>,
    theory: RwSignal<String>,
    practice: RwSignal<String>,
    organiser: RwSignal<String>,
    hours: RwSignal<String>,
    first: RwSignal<String>,
    last: RwSignal<String>,
}

impl Draft {
    fn new(who: Who) -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            learner: who.learner,
            school: only_school(who),
            project: empty(),
            occupation: empty(),
            code: empty(),
            level: empty(),
            department: empty(),
            source: RwSignal::new(SkillSource::usual().as_str().to_owned()),
            theory: empty(),
            practice: empty(),
            organiser: empty(),
            hours: empty(),
            first: empty(),
            last: empty(),
        }
    }

    fn stated(self) -> Option<SkillTrainingEntry> {
        Some(SkillTrainingEntry {
            learner: self.learner,
            provider_id: self.school.get().parse().ok()?,
            project: self.project.get().trim().to_owned(),
            occupation: self.occupation.get().trim().to_owned(),
            occupation_code: Some(self.code.get().trim().to_owned()).filter(|code| !code.is_empty()),
            level: SkillLevel::parse(&self.level.get()),
            department: SkillDepartment::parse(&self.department.get()),
            organiser: self.organiser.get().trim().to_owned(),
            // What is no number is out of every range.
            hours: self.hours.get().trim().parse().unwrap_or(0),
            theory_score: score(&self.theory.get()),
            practice_score: score(&self.practice.get()),
            source: SkillSource::parse(&self.source.get()).unwrap_or(SkillSource::usual()),
            starts_on: read_date(&self.first.get())?,
            ends_on: read_date(&self.last.get())?,
        })
    }

    fn wrong(self) -> Vec<FieldError> {
        match self.stated() {
            Some(stated) => stated.check(clock::now().date_in_china()),
            None => missing(&[
                (self.school.with(String::is_empty), "/provider_id"),
                (self.occupation.with(|text| text.trim().is_empty()), "/occupation"),
                (self.organiser.with(|text| text.trim().is_empty()), "/organiser"),
                (self.hours.with(|text| text.trim().is_empty()), "/hours"),
                (read_date(&self.first.get()).is_none(), "/starts_on"),
                (read_date(&self.last.get()).is_none(), "/ends_on"),
            ]),
        }
    }
}

/// A score as it is typed; what is no number is out of every range.
fn score(typed: &str) -> Option<u8> {
    let typed = typed.trim();
    (!typed.is_empty()).then(|| typed.parse().unwrap_or(u8::MAX))
}

/// What the dialog holds.
#[component]
pub(super) fn TrainingForm(who: Who, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = Draft::new(who);
    let (checked, key) = (Checked::new(move || draft.wrong()), CreationKey::new());
    let send = Callback::new(move |()| {
        let Some(stated) = untrack(|| draft.stated()) else { return };
        let sending =
            key.create(move |key| async move { client::create(actor, "/skill_trainings", &key, &stated).await });
        checked.deed.run(sending, move |_: SkillTrainingView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, classes.recorded));
            who.reload.run(());
        });
    });
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, classes.record_do)) send>
            <SchoolField who value=draft.school error=checked.error("/provider_id") />
            <Field
                id="occupation"
                label=words(|locale| td_string!(locale, classes.occupation))
                hint=words(|locale: Locale| td_string!(locale, classes.occupation_hint))
                error=checked.error("/occupation")
            >
                <TextInput value=draft.occupation />
            </Field>
            <More draft checked />
            <Field
                id="organiser"
                label=words(|locale| td_string!(locale, classes.organiser))
                hint=words(|locale: Locale| td_string!(locale, classes.organiser_hint))
                error=checked.error("/organiser")
            >
                <TextInput value=draft.organiser />
            </Field>
            <Field id="hours" label=words(|locale| td_string!(locale, classes.class_hours)) error=checked.error("/hours")>
                <TextInput value=draft.hours keyboard="numeric" />
            </Field>
            <div class="row search">
                <Field id="first" label=words(|locale| td_string!(locale, classes.first_day)) error=checked.error("/starts_on")>
                    <TextInput value=draft.first kind="date" />
                </Field>
                <Field id="last" label=words(|locale| td_string!(locale, classes.last_day)) error=checked.error("/ends_on")>
                    <TextInput value=draft.last kind="date" />
                </Field>
            </div>
        </CheckedForm>
    }
}

/// What may be told, too: project, code, level, department, scores and where the record comes from.
#[component]
fn More(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let levels = move || {
        let option = |level: &SkillLevel| (level.as_str().to_owned(), level_name(i18n.get_locale(), *level).to_owned());
        SkillLevel::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let departments = move || {
        let option = |department: &SkillDepartment| {
            (department.as_str().to_owned(), department_name(i18n.get_locale(), *department).to_owned())
        };
        SkillDepartment::ALL.iter().map(option).collect::<Vec<_>>()
    };
    let sources = move || {
        let option =
            |source: &SkillSource| (source.as_str().to_owned(), source_name(i18n.get_locale(), *source).to_owned());
        SkillSource::ALL.iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <Field
            id="project"
            label=words(|locale| td_string!(locale, classes.project))
            hint=words(|locale: Locale| td_string!(locale, classes.project_hint))
            error=checked.error("/project")
        >
            <TextInput value=draft.project />
        </Field>
        <Field
            id="occupation_code"
            label=words(|locale| td_string!(locale, classes.occupation_code))
            hint=words(|locale: Locale| td_string!(locale, classes.occupation_code_hint))
            error=checked.error("/occupation_code")
        >
            <TextInput value=draft.code />
        </Field>
        <div class="row search">
            <Field id="level" label=words(|locale| td_string!(locale, classes.level))>
                <Select value=draft.level options=Signal::derive(levels) />
            </Field>
            <Field id="department" label=words(|locale| td_string!(locale, classes.department))>
                <Select value=draft.department options=Signal::derive(departments) />
            </Field>
            <Field id="source" label=words(|locale| td_string!(locale, classes.source))>
                <Select value=draft.source options=Signal::derive(sources) />
            </Field>
        </div>
        <div class="row search">
            <Field
                id="theory"
                label=words(|locale| td_string!(locale, classes.theory_score))
                hint=words(|locale: Locale| td_string!(locale, classes.score_hint))
                error=checked.error("/theory_score")
            >
                <TextInput value=draft.theory keyboard="numeric" />
            </Field>
            <Field
                id="practice"
                label=words(|locale| td_string!(locale, classes.practice_score))
                hint=words(|locale: Locale| td_string!(locale, classes.score_hint))
                error=checked.error("/practice_score")
            >
                <TextInput value=draft.practice keyboard="numeric" />
            </Field>
        </div>
    }
}
