//! One test of those that are planned at once: its course, its paper and its time.

use super::sealed_paper::{OtherFormField, SealedPaperField, SealedPapers};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{courses::CourseField, organisation::words::words},
    platform::{actor::Actor, when},
    ui::{Button, Field, TextInput, focus_first_wrong, focus_on},
};
use leptos::prelude::*;
use shared::sittings::{NewWindowTest, next_slot};

/// A test that was added, with the title of its paper: that says of which course it is.
#[derive(Clone, Debug)]
pub(super) struct PlannedTest {
    /// The test.
    pub(super) test: NewWindowTest,
    /// The title of its paper.
    pub(super) title: String,
}

/// What has been filled in.
#[derive(Clone, Copy)]
struct Draft {
    course: RwSignal<String>,
    paper: RwSignal<String>,
    other_form: RwSignal<String>,
    starts_at: RwSignal<String>,
    duration: RwSignal<String>,
    was_tried: RwSignal<bool>,
}

impl Draft {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            course: text(),
            paper: text(),
            other_form: text(),
            starts_at: text(),
            duration: RwSignal::new("75".to_owned()),
            was_tried: RwSignal::new(false),
        }
    }

    fn minutes(self) -> Option<u16> {
        self.duration.with(|typed| typed.trim().parse().ok())
    }

    /// The test, if everything can be read.
    fn planned(self, papers: SealedPapers) -> Option<PlannedTest> {
        let other = self.other_form.get();
        let other_paper_ids = if other.is_empty() { Vec::new() } else { vec![papers.chosen(&other)?] };
        let paper_id = papers.chosen(&self.paper.get())?;
        let test = NewWindowTest {
            course_id: self.course.with(|id| id.parse().ok())?,
            paper_id,
            other_paper_ids,
            starts_at: self.starts_at.with(|typed| when::from_input(typed))?,
            duration_min: self.minutes()?,
        };
        Some(PlannedTest { test, title: papers.title_of(paper_id)? })
    }

    /// What comes after a test: another course, at the next time of the grid.
    fn go_on(self, after: &NewWindowTest) {
        let ends_at = after.starts_at.plus_s(i64::from(after.duration_min) * 60);
        self.starts_at.set(next_slot(ends_at).map(when::to_input).unwrap_or_default());
        for text in [self.course, self.paper, self.other_form] {
            text.set(String::new());
        }
        self.was_tried.set(false);
    }
}

/// Fields of one more test, and the button that adds it.
#[component]
pub(super) fn AddTest(
    /// The tests that were added.
    tests: RwSignal<Vec<PlannedTest>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let draft = Draft::new();
    let papers = SealedPapers::of(expect_context::<Actor>(), draft.course);
    let is_twice = move || {
        let course = draft.course.get();
        tests.with(|tests| tests.iter().any(|planned| planned.test.course_id.to_string() == course))
    };
    let lacks = move |is_lacking: bool| {
        if draft.was_tried.get() && is_lacking { t_string!(i18n, common.required).to_owned() } else { String::new() }
    };
    let course_error = Signal::derive(move || {
        if is_twice() {
            t_string!(i18n, sittings.window_twice).to_owned()
        } else {
            lacks(draft.course.with(String::is_empty))
        }
    });
    let paper_error = Signal::derive(move || lacks(draft.paper.with(|paper| papers.chosen(paper)).is_none()));
    let start_error = Signal::derive(move || lacks(draft.starts_at.with(|at| when::from_input(at)).is_none()));
    let duration_error = Signal::derive(move || lacks(draft.minutes().is_none()));
    let add = move |()| {
        draft.was_tried.set(true);
        let planned = untrack(|| draft.planned(papers).filter(|_| !is_twice()));
        let Some(planned) = planned else { return focus_first_wrong() };
        draft.go_on(&planned.test);
        tests.update(|tests| tests.push(planned));
        focus_on("#course");
    };
    view! {
        <fieldset class="stack">
            <legend>{t!(i18n, sittings.window_one_more)}</legend>
            <CourseField
                id="course"
                label=words(|locale| td_string!(locale, sittings.course))
                error=course_error
                value=draft.course
            />
            <SealedPaperField papers value=draft.paper error=paper_error />
            <OtherFormField papers first=draft.paper value=draft.other_form error=Signal::stored(String::new()) />
            <Field
                id="starts_at"
                label=words(|locale| td_string!(locale, sittings.starts_at))
                hint=words(|locale| td_string!(locale, sittings.starts_at_hint))
                error=start_error
            >
                <TextInput value=draft.starts_at kind="datetime-local" />
            </Field>
            <Field
                id="duration"
                label=words(|locale| td_string!(locale, sittings.duration))
                hint=words(|locale| td_string!(locale, sittings.duration_hint))
                error=duration_error
            >
                <TextInput value=draft.duration keyboard="numeric" />
            </Field>
            <div class="row">
                <Button on_press=add>{t!(i18n, sittings.window_add)}</Button>
            </div>
        </fieldset>
    }
}
