//! The text of a unit and what surrounds it.

use super::{
    ask::AskTeacher,
    assignments::Assignments,
    bookmark::Bookmark,
    ending::Ending,
    exercise::Exercises,
    external::ExternalActivities,
    footnotes,
    gaze::Place,
    note::OwnNote,
    offline_lessons::OfflineLessons,
    prompts::Prompts,
    reading::Reading,
    reading_check::ReadingCheck,
    recordings::{PlayingChoices, Recordings},
    text_size::{TextSize, TextSizeChoice},
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        learning::{
            discussions::TopicsOfUnit,
            offline::{Outbox, UnsentTries},
            unit_facts::facts,
        },
        organisation::words::words,
    },
    platform::{actor::Actor, client::ApiError},
    shell::ReadAloud,
    ui::{Button, Icon, ProgressBar, Symbol, Toasts},
};
use leptos::{ev, html, prelude::*};
use shared::{
    item_bank::ItemView,
    learning::{StudyToday, UnitView},
    media::recording::recordings_of,
};
use std::{collections::BTreeSet, time::Duration};

/// Reads a unit, from the text to its end.
#[component]
pub(super) fn Lesson(
    /// The unit.
    unit: UnitView,
    /// Whether the phone had it, and there is no network.
    is_from_phone: bool,
    /// Where goes what is done without a network.
    outbox: Outbox,
) -> impl IntoView {
    let i18n = use_i18n();
    let reading = Reading::open(expect_context::<Actor>(), outbox, &unit);
    let UnitView { course_id, version, html, exercises, done, activities, done_in_tools, next, progress, .. } = unit;
    let tries = UnsentTries { outbox, course_id, version };
    let size = RwSignal::new(TextSize::kept());
    let article = NodeRef::<html::Article>::new();
    let text = Callback::new(move |()| article.get_untracked().map(|article| article.inner_text()));
    let from_phone = if is_from_phone { "is-from-phone" } else { "" };
    let recordings = Recordings::within(article, expect_context::<Actor>());
    if is_from_phone {
        recordings.show_kept();
    }
    let names: BTreeSet<_> = recordings_of(&html).collect();
    let names: Vec<_> = names.into_iter().collect();
    let bookmark = Bookmark::kept(reading.unit());
    go_to(bookmark, reading, article);
    follow(reading, bookmark, article);
    announce_completion(reading);
    view! {
        <Standing reading exercises=exercises.clone() tries />
        <TextSizeChoice size />
        <ReadAloud text name=words(|locale| td_string!(locale, learning.read_aloud)) />
        <PlayingChoices recordings names is_from_phone />
        <article
            node_ref=article
            class=move || format!("lesson prose {} {from_phone}", size.get().class())
            aria-label=move || t_string!(i18n, learning.lesson)
            on:click=|event| footnotes::follow(&event)
            on:play:capture=move |event| recordings.play(&event)
            on:loadedmetadata:capture=move |event| recordings.begin(&event)
            on:timeupdate:capture=move |event| recordings.go_on(&event)
            on:pause:capture=move |event| recordings.stop(&event)
            on:ended:capture=move |event| recordings.stop(&event)
            on:ratechange:capture=move |event| recordings.hold_speed(&event)
            inner_html=html
        ></article>
        <Exercises reading exercises done tries />
        <Assignments reading activities=activities.clone() outbox is_from_phone />
        <ExternalActivities activities=activities.clone() done=done_in_tools is_from_phone />
        <OfflineLessons activities=activities.clone() />
        <Prompts activities />
        <OwnNote unit=reading.unit() title=progress.title outbox is_from_phone />
        {if is_from_phone {
            view! { <p class="muted small">{t!(i18n, learning.offline_questions_wait)}</p> }.into_any()
        } else {
            view! {
                <TopicsOfUnit unit=reading.unit() />
                <AskTeacher unit=reading.unit() />
            }
            .into_any()
        }}
        <Ending reading course_id next />
    }
}

/// How far the learner is, always in sight.
#[component]
fn Standing(reading: Reading, exercises: Vec<ItemView>, tries: UnsentTries) -> impl IntoView {
    let i18n = use_i18n();
    let progress = reading.progress();
    let trouble = move || {
        Some(match reading.failure().get()? {
            ApiError::Network if reading.is_kept().get() => {
                (Symbol::Offline, t_string!(i18n, learning.offline_recorded).to_owned())
            }
            ApiError::Network => (Symbol::Offline, t_string!(i18n, learning.not_recorded).to_owned()),
            ApiError::Problem(problem) => (Symbol::Warning, problem.detail),
            ApiError::Unreadable => (Symbol::Warning, t_string!(i18n, common.unreadable).to_owned()),
        })
    };
    view! {
        <div class="reading-bar">
            <p class="small num">{move || progress.with(|progress| facts(i18n.get_locale(), progress))}</p>
            <ProgressBar
                percent=Signal::derive(move || progress.with(|progress| progress.read_pct))
                label=Signal::derive(move || t_string!(i18n, learning.reading_progress).to_owned())
            />
            <p class="small trouble" role="status">
                {move || trouble().map(|(symbol, words)| view! { <Icon symbol /> {words} })}
            </p>
            <Today reading />
            <Elsewhere reading />
            <ReadingCheck reading exercises tries />
        </div>
    }
}

/// Says how much counts today, when the limit of a day is near.
#[component]
fn Today(reading: Reading) -> impl IntoView {
    let i18n = use_i18n();
    let near = Memo::new(move |_| reading.today().get().filter(StudyToday::is_near));
    let words = move |today: StudyToday| {
        let (counted, cap) = (today.counted_minutes, today.cap_minutes);
        match today.is_full() {
            true => t_string!(i18n, learning.today_full, cap = cap),
            false => t_string!(i18n, learning.today_near, counted = counted, cap = cap),
        }
    };
    view! { <p class="small num" role="status">{move || near.get().map(words)}</p> }
}

/// Says that the learner reads on another device or in another window, and lets them go on here.
#[component]
fn Elsewhere(reading: Reading) -> impl IntoView {
    let i18n = use_i18n();
    let is_elsewhere = reading.is_elsewhere();
    view! {
        <p class="small trouble" role="status">
            {move || is_elsewhere.get().then(|| view! { <Icon symbol=Symbol::Warning /> {t!(i18n, learning.elsewhere)} })}
        </p>
        <Show when=move || is_elsewhere.get()>
            <Button on_press=move |()| reading.begin_anew()>{t!(i18n, learning.go_on_here)}</Button>
        </Show>
    }
}

/// Follows the reader while the page is looked at, from the first heartbeat to the last.
fn follow(reading: Reading, bookmark: Bookmark, article: NodeRef<html::Article>) {
    let beat_if_shown = move || {
        if !document().hidden() {
            reading.beat();
        }
    };
    beat_if_shown();
    let look = move || {
        if let Some(place) = place(article).filter(|_| !document().hidden()) {
            reading.look(place.seen_pct());
            bookmark.keep(place);
        }
    };
    let seconds = set_interval_with_handle(look, Duration::from_secs(1));
    // Hidden, it may never come back; shown again, it begins a new stretch of study.
    let shown_or_hidden = window_event_listener_untyped("visibilitychange", move |_| match document().hidden() {
        true => reading.beat(),
        false => reading.begin_anew(),
    });
    let back_online = window_event_listener(ev::online, move |_| beat_if_shown());
    on_cleanup(move || {
        if let Ok(seconds) = seconds {
            seconds.clear();
        }
        shown_or_hidden.remove();
        back_online.remove();
        beat_if_shown();
    });
}

/// Goes to where the reader left the text, unless they had finished with it.
fn go_to(bookmark: Bookmark, reading: Reading, article: NodeRef<html::Article>) {
    let i18n = use_i18n();
    let toasts = expect_context::<Toasts>();
    let is_complete = reading.progress().with_untracked(|progress| progress.is_complete);
    let Some(permille) = bookmark.permille().filter(|_| !is_complete) else { return };
    Effect::new(move |_| {
        if article.get().is_none() {
            return;
        }
        // Once the text has its shape.
        request_animation_frame(move || {
            if let Some(place) = place(article) {
                window().scroll_by_with_x_and_y(0.0, place.way_to(permille));
                toasts.done(t_string!(i18n, learning.place_restored));
            }
        });
    });
}

/// Says once that the task point is complete.
fn announce_completion(reading: Reading) {
    let i18n = use_i18n();
    let toasts = expect_context::<Toasts>();
    let is_complete = Memo::new(move |_| reading.progress().with(|progress| progress.is_complete));
    Effect::watch(
        move || is_complete.get(),
        move |is_complete, _, _| {
            if *is_complete {
                toasts.done(t_string!(i18n, learning.unit_complete));
            }
        },
        false,
    );
}

/// Where the text stands in the window.
fn place(article: NodeRef<html::Article>) -> Option<Place> {
    let frame = article.try_get_untracked()??.get_bounding_client_rect();
    let window = window().inner_height().ok()?.as_f64()?;
    Some(Place { top: frame.top(), height: frame.height(), window })
}
