//! Somebody else looks at a draft: unit by unit, with remarks, then publishes or returns it.

use super::{
    activities::ActivityDetail, difference::Difference, phone::OnPhone, rendered::Rendered, trial::TryExercise,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{item_bank::detail::Detail, organisation::words::words},
    platform::{
        actor::Actor,
        client::{self, Versioned},
        deed::Deed,
    },
    ui::{
        AsyncView, Button, Card, ConfirmDialog, DeedFailure, Field, Look, Notice, PageHeading, TextArea, Toasts, Tone,
        focus_first_wrong,
    },
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map},
};
use shared::{
    ids::{CourseId, UnitId},
    item_bank::Item,
    learning::{
        Activity, CourseAbout, CourseContent, CourseDraft, CourseView, Module, ReturnDraft, ReviewState, Unit,
        UnitRemark,
    },
};

lazy_page! {
    /// The page.
    CourseReviewPage = CourseReviewing in office;
}

/// Where a reviewer goes when it is done.
const LIST: &str = "/courses";

#[component]
fn CourseReviewing() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let draft = LocalResource::new(move || {
        let path = format!("/courses/{}/draft", id.get());
        async move { client::get_versioned::<CourseDraft>(actor, &path).await }
    });
    view! {
        <main class="page stack">
            <p class="way-back"><A href=LIST>{t!(i18n, learning.author_back)}</A></p>
            <AsyncView resource=draft let:draft><Reviewing draft /></AsyncView>
        </main>
    }
}

/// What the reviewer has said so far.
#[derive(Clone, Copy)]
struct Desk {
    actor: Actor,
    id: CourseId,
    version: StoredValue<String>,
    content: StoredValue<CourseContent>,
    note: RwSignal<String>,
    remarks: StoredValue<Vec<(UnitId, RwSignal<String>)>>,
}

impl Desk {
    fn new(draft: &Versioned<CourseDraft>) -> Self {
        let units = draft.value.content.modules.iter().flat_map(|module| &module.units);
        Self {
            actor: expect_context::<Actor>(),
            id: draft.value.course.id,
            version: StoredValue::new(draft.version.clone()),
            content: StoredValue::new(draft.value.content.clone()),
            note: RwSignal::new(String::new()),
            remarks: StoredValue::new(units.map(|unit| (unit.id, RwSignal::new(String::new()))).collect()),
        }
    }

    /// Where the remark on a unit is written.
    fn remark_on(self, id: UnitId) -> RwSignal<String> {
        let found = self.remarks.with_value(|remarks| remarks.iter().find(|(unit, _)| *unit == id).copied());
        found.map_or(self.note, |(_, remark)| remark)
    }

    fn said(self) -> ReturnDraft {
        let remark = |(unit_id, text): &(UnitId, RwSignal<String>)| {
            let text = text.get_untracked().trim().to_owned();
            (!text.is_empty()).then_some(UnitRemark { unit_id: *unit_id, text })
        };
        let remarks = self.remarks.with_value(|remarks| remarks.iter().filter_map(remark).collect());
        ReturnDraft { note: self.note.get_untracked(), remarks }
    }
}

#[component]
fn Reviewing(draft: Versioned<CourseDraft>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::new(&draft);
    let CourseDraft { course, content, is_own, review, .. } = draft.value;
    let is_waiting = review.is_some_and(|review| review.state == ReviewState::Waiting);
    let may_decide = is_waiting && !is_own;
    let title = move || t_string!(i18n, learning.review_title, title = course.title.clone());
    let module = move |module: Module| view! { <ModuleUnderReview desk module may_decide /> };
    view! {
        <PageHeading text=Signal::derive(title) />
        {(!is_waiting).then(|| view! { <Notice>{t!(i18n, learning.review_nothing)}</Notice> })}
        {(is_waiting && is_own).then(|| view! { <Notice tone=Tone::Wait>{t!(i18n, learning.review_own)}</Notice> })}
        <Card title=words(|locale| td_string!(locale, learning.difference_draft))>
            <Difference id=desk.id query=String::new() />
        </Card>
        <div class="row"><OnPhone content=Signal::stored(content.clone()) /></div>
        <Told about=content.about />
        {content.modules.into_iter().map(module).collect_view()}
        {may_decide.then(|| view! { <Decide desk /> })}
    }
}

/// What strangers will be told of the course.
#[component]
fn Told(about: CourseAbout) -> impl IntoView {
    let i18n = use_i18n();
    let basis = about.basis();
    let CourseAbout { goals, is_sample_open, .. } = about;
    if goals.is_empty() && basis.is_empty() && !is_sample_open {
        return ().into_any();
    }
    view! {
        <Card title=words(|locale| td_string!(locale, learning.author_goals))>
            {(!goals.is_empty()).then(|| view! { <Rendered markdown=goals /> })}
            {(!basis.is_empty()).then(|| view! {
                <p class="own-words">{t!(i18n, learning.author_basis)} "\n" {basis}</p>
            })}
            {is_sample_open.then(|| view! { <p class="muted small">{t!(i18n, learning.author_sample)}</p> })}
        </Card>
    }
    .into_any()
}

#[component]
fn ModuleUnderReview(desk: Desk, module: Module, may_decide: bool) -> impl IntoView {
    let unit = move |unit: Unit| view! { <UnitUnderReview desk unit may_decide /> };
    view! {
        <Card title=Signal::stored(module.title)>
            <ol class="outline">{module.units.into_iter().map(unit).collect_view()}</ol>
        </Card>
    }
}

/// A unit, opened when the reviewer wants to read it, and what they say of it.
#[component]
fn UnitUnderReview(desk: Desk, unit: Unit, may_decide: bool) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let (id, title, minutes) = (format!("remark-{}", unit.id), unit.title.clone(), unit.minutes);
    let (remark, named) = (desk.remark_on(unit.id), unit.title.clone());
    let unit = StoredValue::new(unit);
    let exercise = |(at, item): (usize, Item)| {
        let exercise = item.clone();
        view! { <li class="stack"><Detail item /><TryExercise at exercise /></li> }
    };
    let activity = |activity: Activity| view! { <li class="stack"><ActivityDetail activity /></li> };
    view! {
        <li class="stack">
            <div class="outline-row">
                <button
                    type="button"
                    class="button quiet grow"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
                >
                    {title}
                </button>
                <span class="muted small num">{t!(i18n, learning.review_minutes, minutes = minutes)}</span>
            </div>
            <Show when=move || is_open.get()>
                <Rendered markdown=unit.with_value(|unit| unit.body.clone()) />
                <ol class="understood">
                    {unit.with_value(|unit| unit.exercises.clone()).into_iter().enumerate().map(exercise).collect_view()}
                </ol>
                <ul>
                    {unit.with_value(|unit| unit.activities.clone()).into_iter().map(activity).collect_view()}
                </ul>
            </Show>
            {may_decide.then(|| view! {
                <div class="field">
                    <label for=id.clone()>
                        {move || t_string!(i18n, learning.review_remark, title = named.clone())}
                    </label>
                    <textarea
                        id=id
                        rows="2"
                        prop:value=remark
                        on:input:target=move |event| remark.set(event.target().value())
                    ></textarea>
                </div>
            })}
        </li>
    }
}

/// Publishes the draft, or sends it back.
#[component]
fn Decide(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let (toasts, deed) = (expect_context::<Toasts>(), Deed::new());
    let (is_asking, is_unsaid) = (RwSignal::new(false), RwSignal::new(false));
    let (publishing, returning) = (use_navigate(), use_navigate());
    let approve = Callback::new(move |()| {
        let (path, navigate) = (format!("/courses/{}/publish", desk.id), publishing.clone());
        let (version, nothing) = (desk.version.get_value(), serde_json::json!({}));
        let sent = async move { client::post_over::<_, CourseView>(desk.actor, &path, &version, &nothing).await };
        deed.run(sent, move |_| {
            toasts.done(t_string!(i18n, learning.author_published));
            navigate(LIST, Default::default());
        });
    });
    let send_back = Callback::new(move |()| {
        let said = desk.said();
        is_unsaid.set(desk.content.with_value(|content| !said.check(content).is_empty()));
        if is_unsaid.get_untracked() {
            return focus_first_wrong();
        }
        let (path, navigate) = (format!("/courses/{}/return", desk.id), returning.clone());
        let version = desk.version.get_value();
        let sent = async move { client::post_over::<_, CourseView>(desk.actor, &path, &version, &said).await };
        deed.run(sent, move |_| {
            toasts.done(t_string!(i18n, learning.review_returned));
            navigate(LIST, Default::default());
        });
    });
    let error = Signal::derive(move || match is_unsaid.get() {
        true => t_string!(i18n, learning.review_say_why).to_owned(),
        false => String::new(),
    });
    view! {
        <Card title=words(|locale| td_string!(locale, learning.review_decide))>
            <Field id="review_note" label=words(|locale| td_string!(locale, learning.review_note)) error>
                <TextArea value=desk.note rows=3 />
            </Field>
            <DeedFailure deed />
            <div class="row">
                <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                    {t!(i18n, learning.author_publish)}
                </Button>
                <Button is_busy=deed.is_busy() on_press=send_back>{t!(i18n, learning.review_return)}</Button>
            </div>
            <ConfirmDialog
                is_open=is_asking
                title=words(|locale| td_string!(locale, learning.author_publish_ask))
                text=words(|locale| td_string!(locale, learning.author_publish_about))
                confirm=words(|locale| td_string!(locale, learning.author_publish))
                on_confirm=approve
            />
        </Card>
    }
}
