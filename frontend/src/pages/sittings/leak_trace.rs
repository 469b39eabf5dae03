//! A leaked photo: what can be read of it is entered item by item, and the candidates are found whose orders fit.

mod found;
mod read_item;

use self::{found::Found, read_item::ReadItem};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm, GroupError},
            reason::ReasonField,
        },
    },
    platform::{actor::Actor, client},
    ui::{AsyncView, Button, ButtonLink, Card, Field, Look, Notice, PageHeading, Select, Tone, focus_on},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use shared::{
    people::check_reason,
    problem::FieldError,
    rights::Role,
    sittings::{ExamSessionView, LeakReading, LeakTraceView, NewLeakTrace, TraceItem, may_trace_leak},
    time::Timestamp,
};

/// Characters of a stem in the list of items.
const STEM_CHARS: usize = 24;

lazy_page! {
    /// The page.
    LeakTracePage = LeakTrace in office;
}

/// The way to the page, from its exam session, for who may go it.
#[component]
pub(super) fn ToLeakTrace(
    /// The exam session, as it was fetched last.
    exam_session: Signal<ExamSessionView>,
    /// The time by which the page goes.
    now: RwSignal<Timestamp>,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = exam_session.with_untracked(|shown| shown.id);
    let may_trace = Memo::new(move |_| {
        let has_begun = exam_session.with(|shown| may_trace_leak(shown.state, shown.starts_at, now.get()).is_ok());
        has_begun && actor.roles().contains(&Role::ExamAdministrator)
    });
    view! {
        <Show when=move || may_trace.get()>
            <Card title=words(|locale| td_string!(locale, sittings.trace_photo))>
                <p>{t!(i18n, sittings.trace_about)}</p>
                <div class="row">
                    <ButtonLink href=format!("/exam_sessions/{id}/leak_trace")>{t!(i18n, sittings.trace)}</ButtonLink>
                </div>
            </Card>
        </Show>
    }
}

#[component]
fn LeakTrace() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let there = format!("/exam_sessions/{id}");
    let (items_path, trace_path) = (format!("{there}/trace_items"), format!("{there}/leak_traces"));
    let items = LocalResource::new(move || {
        let path = items_path.clone();
        async move { client::get::<Vec<TraceItem>>(actor, &path).await }
    });
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href=there>{t!(i18n, sittings.back_to_session)}</A></p>
            <PageHeading text=words(|locale| td_string!(locale, sittings.trace)) />
            <p class="muted">{t!(i18n, sittings.trace_about)}</p>
            <Notice tone=Tone::Wait>{t!(i18n, sittings.trace_no_proof)}</Notice>
            <AsyncView resource=items let:items>
                <Trace items path=trace_path.clone() />
            </AsyncView>
        </main>
    }
}

/// What has been read, and what came of it.
#[component]
fn Trace(
    /// The items of the paper.
    items: Vec<TraceItem>,
    /// Where it is held against the sittings.
    path: String,
) -> impl IntoView {
    let items = StoredValue::new(items);
    let readings = RwSignal::new(Vec::<LeakReading>::new());
    let traced = RwSignal::new(None::<LeakTraceView>);
    view! {
        <ChooseItem items readings traced />
        <Readings readings traced />
        <Find path readings traced />
        {move || traced.get().map(|traced| view! { <Found traced /> })}
    }
}

/// Chooses an item by its number on the paper, and enters what the photo shows of it.
#[component]
fn ChooseItem(
    items: StoredValue<Vec<TraceItem>>,
    readings: RwSignal<Vec<LeakReading>>,
    traced: RwSignal<Option<LeakTraceView>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(String::new());
    let option = move |item: &TraceItem| {
        let number = number_of(item.paper_number, item.part);
        (number.clone(), t_string!(i18n, sittings.trace_item_name, number = number, stem = gist(&item.stem_html)))
    };
    let options = Signal::derive(move || items.with_value(|items| items.iter().map(option).collect::<Vec<_>>()));
    let done = Callback::new(move |()| {
        traced.set(None);
        chosen.set(String::new());
        focus_on("#paper_number");
    });
    let reading = move || {
        let number = chosen.get();
        let is_chosen = |item: &&TraceItem| number_of(item.paper_number, item.part) == number;
        let item = items.with_value(|items| items.iter().find(is_chosen).cloned())?;
        Some(view! { <ReadItem item items readings done /> })
    };
    view! {
        <Card title=words(|locale| td_string!(locale, sittings.trace_enter))>
            <Field
                id="paper_number"
                label=words(|locale| td_string!(locale, sittings.trace_item))
                hint=words(|locale| td_string!(locale, sittings.trace_item_hint))
            >
                <Select value=chosen options />
            </Field>
            {reading}
        </Card>
    }
}

/// What was entered so far, to be taken out again.
#[component]
fn Readings(readings: RwSignal<Vec<LeakReading>>, traced: RwSignal<Option<LeakTraceView>>) -> impl IntoView {
    let i18n = use_i18n();
    let take_out = move |of: (u16, Option<u16>)| {
        readings.update(|readings| readings.retain(|reading| (reading.paper_number, reading.part) != of));
        traced.set(None);
        focus_on("#paper_number");
    };
    let row = move |reading: LeakReading| {
        let of = (reading.paper_number, reading.part);
        let number = number_of(reading.paper_number, reading.part);
        view! {
            <li class="row spread">
                <span class="num">{move || in_words(i18n.get_locale(), &reading)}</span>
                <Button look=Look::Quiet on_press=move |()| take_out(of)>
                    {t!(i18n, sittings.trace_take_out, number = number)}
                </Button>
            </li>
        }
    };
    let rows = move || {
        let known = readings.get();
        if known.is_empty() {
            view! { <p class="muted">{t!(i18n, sittings.trace_nothing)}</p> }.into_any()
        } else {
            view! { <ul class="stack">{known.into_iter().map(row).collect_view()}</ul> }.into_any()
        }
    };
    view! { <Card title=words(|locale| td_string!(locale, sittings.trace_entered))>{rows}</Card> }
}

/// Asks for the candidates, with the reason that the audit log keeps.
#[component]
fn Find(path: String, readings: RwSignal<Vec<LeakReading>>, traced: RwSignal<Option<LeakTraceView>>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || {
        let missing = readings.with(Vec::is_empty).then(|| FieldError::new("/items", "required"));
        missing.into_iter().chain(check_reason(&reason.get(), "/reason").err()).collect()
    });
    let wrong = checked.error("/items");
    let nothing = Signal::derive(move || {
        let is_missing = wrong.with(|wrong| !wrong.is_empty());
        if is_missing { t_string!(i18n, sittings.trace_nothing).to_owned() } else { String::new() }
    });
    let send = Callback::new(move |()| {
        let path = path.clone();
        let new = NewLeakTrace { reason: reason.get_untracked(), items: readings.get_untracked() };
        let tracing = async move { client::post(actor, &path, &new).await };
        checked.deed.run(tracing, move |found: LeakTraceView| {
            traced.set(Some(found));
            focus_on("#traced");
        });
    });
    view! {
        <Card>
            <CheckedForm checked verb=words(|locale| td_string!(locale, sittings.trace_find)) send>
                <GroupError text=nothing />
                <ReasonField value=reason checked />
            </CheckedForm>
        </Card>
    }
}

/// A reading in words: the item, the number seen, and the options from the top by their numbers on the paper.
fn in_words(locale: Locale, reading: &LeakReading) -> String {
    let option = |read: &Option<u16>| read.map_or_else(|| "?".to_owned(), |index| (index + 1).to_string());
    let options = reading.options.iter().map(option).collect::<Vec<_>>().join(" ");
    let shown = reading.shown_number.map_or_else(|| "?".to_owned(), |number| number.to_string());
    let number = number_of(reading.paper_number, reading.part);
    if reading.part.is_some() {
        td_string!(locale, sittings.trace_entered_part, number = number, options = options)
    } else if options.is_empty() {
        td_string!(locale, sittings.trace_entered_number, number = number, shown = shown)
    } else {
        td_string!(locale, sittings.trace_entered_item, number = number, shown = shown, options = options)
    }
}

/// The number of an item on the paper, and of a question on its material.
fn number_of(paper_number: u16, part: Option<u16>) -> String {
    part.map_or_else(|| paper_number.to_string(), |part| format!("{paper_number}({part})"))
}

/// The first words of a stem, without its marks.
fn gist(html: &str) -> String {
    let mut is_mark = false;
    let shown = html.chars().filter(|letter| match letter {
        '<' => {
            is_mark = true;
            false
        }
        '>' if is_mark => {
            is_mark = false;
            false
        }
        _ => !is_mark,
    });
    let words: String = shown.collect();
    let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(STEM_CHARS) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_known_again_by_its_first_words() {
        assert_eq!(gist("<p>1 &lt; <em>2</em> &amp; 3</p>\n"), "1 < 2 & 3");
        assert_eq!(gist(&format!("<p>{}</p>", "a".repeat(30))), format!("{}…", "a".repeat(24)));
        assert_eq!(gist("<img src=\"x\">"), "");
    }
}
