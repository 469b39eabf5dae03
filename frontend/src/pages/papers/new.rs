//! Composes a paper of chosen items with points.

use super::parts::{Chosen, Parts, PartsForm, Tick};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        courses::CourseField,
        item_bank::{kind::kind_name, title::shown_title},
        marking::parse_points,
        organisation::words::words,
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        deed::Deed,
    },
    ui::{
        AsyncView, Button, DeedFailure, Field, Look, Notice, PageHeading, Tag, TextInput, Toasts, Tone,
        focus_first_wrong,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use shared::{
    item_bank::{ItemKind, ItemRow, ItemState},
    page::Page,
    papers::{NewPaper, PaperItem, PaperView},
    points::Points,
};

lazy_page! {
    /// The page.
    NewPaperPage = Compose in office;
}

/// What an item is worth unless somebody says otherwise.
const fn usual_points(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::SingleChoice | ItemKind::TrueFalse | ItemKind::Numeric => "2",
        ItemKind::MultipleChoice
        | ItemKind::FillIn
        | ItemKind::Matching
        | ItemKind::Ordering
        | ItemKind::InlineChoice
        | ItemKind::Matrix
        | ItemKind::HotText
        | ItemKind::Correction => "4",
        ItemKind::ShortAnswer | ItemKind::Calculation | ItemKind::Composite => "10",
        ItemKind::Essay => "30",
    }
}

/// One item that can be chosen.
#[derive(Clone)]
struct Choice {
    row: ItemRow,
    is_chosen: RwSignal<bool>,
    /// Whether it stays with the one before it of its kind.
    stays: RwSignal<bool>,
    points: RwSignal<String>,
}

impl Choice {
    fn of(row: ItemRow) -> Self {
        let points = RwSignal::new(usual_points(row.kind).to_owned());
        Self { row, is_chosen: RwSignal::new(false), stays: RwSignal::new(false), points }
    }

    /// The item with its points, if it is chosen; `Err` if its points cannot be read.
    fn item(&self) -> Option<Result<Chosen, ()>> {
        let points = self.points.with(|points| parse_points(points)).filter(|points| *points > Points::ZERO);
        let chosen = |points| Chosen {
            kind: self.row.kind,
            item: PaperItem { item_id: self.row.id, points, is_trial: self.row.state == ItemState::Trial },
            stays: self.stays.get(),
        };
        self.is_chosen.get().then_some(points.map(chosen).ok_or(()))
    }
}

/// Every item of a course that a new paper may take, the oldest first, and then those that are to be tried.
async fn items_of(actor: Actor, course: String) -> Outcome<Vec<ItemRow>> {
    let mut rows = items_in(actor, &course, ItemState::Approved).await?;
    rows.extend(items_in(actor, &course, ItemState::Trial).await?);
    Ok(rows)
}

async fn items_in(actor: Actor, course: &str, state: ItemState) -> Outcome<Vec<ItemRow>> {
    let (mut rows, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/items?course_id={course}&state={state}&limit=200{cursor}");
        let page: Page<ItemRow> = client::get(actor, &path).await?;
        rows.extend(page.items);
        match page.next_cursor {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    rows.reverse();
    Ok(rows)
}

#[component]
fn Compose() -> impl IntoView {
    let i18n = use_i18n();
    let (title, course) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let was_sent = RwSignal::new(false);
    let missing = move |value: RwSignal<String>| {
        Signal::derive(move || {
            let is_missing = was_sent.get() && value.with(|value| value.trim().is_empty());
            if is_missing { t_string!(i18n, common.required).to_owned() } else { String::new() }
        })
    };
    view! {
        <main class="page wide stack">
            <PageHeading text=Signal::derive(move || t_string!(i18n, papers.new).to_owned()) />
            <section class="card stack">
                <Field
                    id="title"
                    label=Signal::derive(move || t_string!(i18n, papers.name).to_owned())
                    error=missing(title)
                >
                    <TextInput value=title />
                </Field>
                <CourseField
                    id="course"
                    label=Signal::derive(move || t_string!(i18n, papers.course).to_owned())
                    error=missing(course)
                    value=course
                />
            </section>
            {move || {
                let course = course.get();
                (!course.is_empty()).then(|| view! { <ItemsOf course title was_sent /> })
            }}
        </main>
    }
}

#[component]
fn ItemsOf(course: String, title: RwSignal<String>, was_sent: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let wanted = course.clone();
    let rows = LocalResource::new(move || items_of(actor, wanted.clone()));
    view! {
        <AsyncView
            resource=rows
            is_empty=Vec::is_empty
            empty=Signal::derive(move || t_string!(i18n, papers.no_items).to_owned())
            let:rows
        >
            <Choose rows course=course.clone() title was_sent />
        </AsyncView>
    }
}

#[component]
fn Choose(rows: Vec<ItemRow>, course: String, title: RwSignal<String>, was_sent: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let (navigate, key, parts) = (use_navigate(), idempotency_key(), Parts::new());
    let choices: Vec<Choice> = rows.into_iter().map(Choice::of).collect();
    let shown = choices.clone();
    let choices = StoredValue::new(choices);
    let chosen = move || choices.with_value(|all| all.iter().filter_map(Choice::item).collect::<Vec<_>>());
    let items = move || chosen().into_iter().flatten().collect::<Vec<_>>();
    let has_bad_points = move || chosen().iter().any(Result::is_err);
    let sum = move || {
        let items = items();
        let counted = items.iter().filter(|chosen| !chosen.item.is_trial);
        let points: Points = counted.map(|chosen| chosen.item.points).sum();
        t_string!(i18n, papers.chosen, count = items.len(), points = points.to_string())
    };
    let compose = move |()| {
        was_sent.set(true);
        let (title, items) = (title.get_untracked(), untrack(items));
        let Ok(course_id) = course.parse() else { return };
        if title.trim().is_empty() || untrack(has_bad_points) {
            return focus_first_wrong();
        }
        let (items, sections) = untrack(|| parts.arranged(i18n.get_locale(), &items));
        let (new, key, navigate) = (NewPaper { course_id, title, items, sections }, key.clone(), navigate.clone());
        deed.run(async move { client::create::<_, PaperView>(actor, "/papers", &key, &new).await }, move |_| {
            toasts.done(t_string!(i18n, papers.composed));
            navigate("/papers", Default::default());
        });
    };
    let kinds = Memo::new(move |_| items().iter().map(|chosen| chosen.kind).collect::<Vec<_>>());
    let lacks_items = move || was_sent.get() && chosen().is_empty();
    view! {
        <section class="card stack">
            <p role="status" class="num"><b>{sum}</b></p>
            <PartsForm parts kinds />
            <ul class="choices-list">
                {shown.into_iter().map(|choice| view! { <ChoiceRow choice has_parts=parts.are_wanted /> }).collect_view()}
            </ul>
            <Show when=lacks_items>
                <Notice tone=Tone::Stop>{t!(i18n, papers.choose_items)}</Notice>
            </Show>
            <DeedFailure deed />
            <Button look=Look::Primary is_busy=deed.is_busy() on_press=compose>{t!(i18n, papers.compose)}</Button>
        </section>
    }
}

#[component]
fn ChoiceRow(choice: Choice, has_parts: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let Choice { row, is_chosen, stays, points } = choice.clone();
    let is_wrong = move || matches!(choice.item(), Some(Err(())));
    let (kind, title, is_trial) = (row.kind, row.title, row.state == ItemState::Trial);
    let label = {
        let title = title.clone();
        move || format!("{} {}", t_string!(i18n, papers.item_points), shown_title(i18n.get_locale(), &title))
    };
    let may_stay = move || has_parts.get() && is_chosen.get();
    view! {
        <li class="row spread">
            <label class="pick">
                <input
                    type="checkbox"
                    prop:checked=is_chosen
                    on:change:target=move |event| is_chosen.set(event.target().checked())
                />
                <span>
                    <b>{move || kind_name(i18n.get_locale(), kind)}</b> " "
                    {move || shown_title(i18n.get_locale(), &title)}
                    {is_trial.then(|| view! { " " <Tag tone=Tone::Wait>{t!(i18n, papers.on_trial)}</Tag> })}
                </span>
            </label>
            <Show when=may_stay>
                <Tick is_on=stays label=words(|locale| td_string!(locale, papers.stays)) />
            </Show>
            <input
                class="points num"
                inputmode="decimal"
                aria-label=label
                aria-invalid=move || is_wrong().then_some("true")
                prop:value=points
                on:input:target=move |event| points.set(event.target().value())
            />
        </li>
    }
}
