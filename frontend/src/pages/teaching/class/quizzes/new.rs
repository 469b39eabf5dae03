//! The form that sets a quiz: a course of the class, some of its exercises, and the rules.

use super::feedback_name;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        item_bank::kind::kind_name,
        organisation::words::words,
        people::checked::{Checked, CheckedForm, GroupError},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        clock,
    },
    ui::{AsyncView, Button, Choices, Field, Select, TextInput, Toasts},
};
use leptos::prelude::*;
use shared::{
    ids::{ClassId, CourseId},
    learning::{QuizCourse, QuizEntry, QuizExercise, QuizFeedback, QuizPick, QuizUnit, QuizView},
    problem::FieldError,
    time::{read_date, write_date},
};

/// How long a quiz may be done unless told otherwise, in seconds.
const USUAL_S: i64 = 7 * 86_400;
/// How often it may be done unless told otherwise.
const USUAL_ATTEMPTS: &str = "3";

/// What the dialog holds.
#[component]
pub(super) fn New(
    /// The class.
    class_id: ClassId,
    /// Closes the dialog.
    is_open: RwSignal<bool>,
    /// Draws the list anew.
    again: Callback<()>,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let courses: LocalResource<Outcome<Vec<QuizCourse>>> = LocalResource::new(move || async move {
        let courses: Outcome<Vec<QuizCourse>> =
            client::get(actor, &format!("/classes/{class_id}/quiz_exercises")).await;
        courses.map(|courses| courses.into_iter().filter(|course| !course.units.is_empty()).collect())
    });
    view! {
        <AsyncView
            resource=courses
            is_empty=Vec::is_empty
            empty=words(|locale| td_string!(locale, classes.quiz_no_exercises))
            let:courses
        >
            <Form class_id courses is_open again />
        </AsyncView>
    }
}

/// What stands in the form.
#[derive(Clone, Copy)]
struct Draft {
    courses: StoredValue<Vec<QuizCourse>>,
    course: RwSignal<String>,
    title: RwSignal<String>,
    /// What is ticked, also of courses that were chosen before.
    picked: RwSignal<Vec<QuizPick>>,
    attempts: RwSignal<String>,
    feedback: RwSignal<String>,
    until: RwSignal<String>,
}

impl Draft {
    fn new(courses: Vec<QuizCourse>) -> Self {
        let first = courses.first().map(|course| course.course_id.to_string()).unwrap_or_default();
        Self {
            courses: StoredValue::new(courses),
            course: RwSignal::new(first),
            title: RwSignal::new(String::new()),
            picked: RwSignal::new(Vec::new()),
            attempts: RwSignal::new(USUAL_ATTEMPTS.to_owned()),
            feedback: RwSignal::new(QuizFeedback::AtOnce.as_str().to_owned()),
            until: RwSignal::new(write_date(clock::now().plus_s(USUAL_S).date_in_china())),
        }
    }

    /// The units of the chosen course.
    fn units(self) -> Vec<QuizUnit> {
        let chosen = self.course.get();
        self.courses.with_value(|courses| {
            let course = courses.iter().find(|course| course.course_id.to_string() == chosen);
            course.map(|course| course.units.clone()).unwrap_or_default()
        })
    }

    /// What is ticked of the chosen course, in its order.
    fn picks(self) -> Vec<QuizPick> {
        let picked = self.picked.get();
        self.units().iter().flat_map(picks_of).filter(|pick| picked.contains(pick)).collect()
    }

    fn tick(self, picks: &[QuizPick], is_wanted: bool) {
        self.picked.update(|picked| {
            picked.retain(|pick| !picks.contains(pick));
            if is_wanted {
                picked.extend(picks);
            }
        });
    }

    /// What would be set, or what is wrong with it.
    fn entry(self) -> Result<QuizEntry, Vec<FieldError>> {
        let wrong = |pointer: &str, code: &str| vec![FieldError::new(pointer, code)];
        let course_id: CourseId = self.course.get().parse().map_err(|_| wrong("/course_id", "required"))?;
        let attempts: u8 = self.attempts.get().trim().parse().map_err(|_| wrong("/attempts", "out-of-range"))?;
        let until = read_date(&self.until.get()).ok_or_else(|| wrong("/until", "required"))?;
        let feedback = QuizFeedback::parse(&self.feedback.get()).unwrap_or(QuizFeedback::AtOnce);
        let entry = QuizEntry { course_id, title: self.title.get(), picks: self.picks(), attempts, feedback, until };
        entry.check(clock::now().date_in_china())
    }
}

/// The exercises of a unit.
fn picks_of(unit: &QuizUnit) -> Vec<QuizPick> {
    let unit_id = unit.unit_id;
    unit.exercises.iter().map(|one| QuizPick { unit_id, exercise: one.exercise }).collect()
}

#[component]
fn Form(class_id: ClassId, courses: Vec<QuizCourse>, is_open: RwSignal<bool>, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let (draft, key) = (Draft::new(courses), idempotency_key());
    let checked = Checked::new(move || draft.entry().err().unwrap_or_default());
    let send = Callback::new(move |()| {
        let Ok(entry) = untrack(|| draft.entry()) else { return };
        let (path, key) = (format!("/classes/{class_id}/quizzes"), key.clone());
        let setting = async move { client::create(actor, &path, &key, &entry).await };
        checked.deed.run(setting, move |_: QuizView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, classes.quiz_sent));
            again.run(());
        });
    });
    view! {
        <CheckedForm checked verb=words(|locale| td_string!(locale, classes.quiz_send)) send>
            <Fields draft checked />
            <Picks draft checked />
        </CheckedForm>
    }
}

#[component]
fn Fields(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let courses = draft.courses.with_value(|courses| {
        courses.iter().map(|course| (course.course_id.to_string(), course.title.clone())).collect::<Vec<_>>()
    });
    let feedbacks = move || {
        let name = |one: &QuizFeedback| (one.to_string(), feedback_name(i18n.get_locale(), *one).to_owned());
        QuizFeedback::ALL.iter().map(name).collect::<Vec<_>>()
    };
    view! {
        <Field
            id="course_id"
            label=words(|locale| td_string!(locale, classes.quiz_course))
            error=checked.error("/course_id")
        >
            <Select value=draft.course options=Signal::stored(courses) />
        </Field>
        <Field id="title" label=words(|locale| td_string!(locale, classes.quiz_title)) error=checked.error("/title")>
            <TextInput value=draft.title />
        </Field>
        <Field
            id="attempts"
            label=words(|locale| td_string!(locale, classes.quiz_attempts))
            hint=words(|locale| td_string!(locale, classes.quiz_attempts_hint))
            error=checked.error("/attempts")
        >
            <TextInput value=draft.attempts keyboard="numeric" />
        </Field>
        <Field
            id="until"
            label=words(|locale| td_string!(locale, classes.quiz_until))
            hint=words(|locale| td_string!(locale, classes.quiz_until_hint))
            error=checked.error("/until")
        >
            <TextInput value=draft.until kind="date" />
        </Field>
        <Choices
            legend=words(|locale| td_string!(locale, classes.quiz_feedback))
            value=draft.feedback
            options=Signal::derive(feedbacks)
            on_choose=move |chosen| draft.feedback.set(chosen)
        />
    }
}

/// The exercises of the chosen course, unit by unit.
#[component]
fn Picks(draft: Draft, checked: Checked) -> impl IntoView {
    let i18n = use_i18n();
    let units = move || draft.units().into_iter().map(|unit| view! { <Unit draft unit /> }).collect_view();
    let picked = move || t_string!(i18n, classes.quiz_picked, count = draft.picks().len());
    view! {
        <fieldset class="stack">
            <legend><b>{t!(i18n, classes.quiz_picks)}</b></legend>
            <p class="small num" role="status">{picked}</p>
            {units}
            <GroupError text=checked.error("/picks") />
        </fieldset>
    }
}

#[component]
fn Unit(draft: Draft, unit: QuizUnit) -> impl IntoView {
    let i18n = use_i18n();
    let all = StoredValue::new(picks_of(&unit));
    let QuizUnit { unit_id, module_title, title, exercises } = unit;
    let (count, named) = (exercises.len(), title.clone());
    let name = format!("{module_title} · {title}");
    let words = move || t_string!(i18n, classes.quiz_unit_line, unit = name.clone(), count = count);
    let row = move |exercise: QuizExercise| {
        let pick = QuizPick { unit_id, exercise: exercise.exercise };
        view! { <Exercise draft pick exercise /> }
    };
    view! {
        <details class="more stack">
            <summary class="num">{words}</summary>
            <div class="row">
                <Button on_press=move |()| all.with_value(|all| draft.tick(all, true))>
                    {t!(i18n, classes.quiz_pick_all)}
                    <span class="visually-hidden">" " {named}</span>
                </Button>
            </div>
            {exercises.into_iter().map(row).collect_view()}
        </details>
    }
}

#[component]
fn Exercise(draft: Draft, pick: QuizPick, exercise: QuizExercise) -> impl IntoView {
    let i18n = use_i18n();
    let QuizExercise { kind, stem, .. } = exercise;
    let is_picked = move || draft.picked.with(|picked| picked.contains(&pick));
    view! {
        <label class="pick">
            <input
                type="checkbox"
                prop:checked=is_picked
                on:change:target=move |event| draft.tick(&[pick], event.target().checked())
            />
            <span><b>{move || kind_name(i18n.get_locale(), kind)}</b> " " {stem}</span>
        </label>
    }
}
