//! Before the start: who, when, how long still, and whether this device is ready.

use super::{
    visit::{Readiness, Shown},
    way_out::WayOut,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::{client::ApiError, when},
    ui::{Card, FailureNotice, Field, Icon, Notice, PageHeading, Symbol, TextInput, Timer, Tone},
};
use leptos::prelude::*;
use shared::delivery::SittingView;

/// Shows the waiting room; the paper follows by itself.
#[component]
pub(super) fn WaitingRoom(
    /// What is known.
    shown: Shown,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || match shown.view.get() {
        Some(view) => view.title,
        None => t_string!(i18n, delivery.title).to_owned(),
    };
    view! {
        <main class="page narrow stack">
            <PageHeading text=Signal::derive(title) />
            {move || shown.view.get().map(|view| view! { <Candidate view /> })}
            <EntryCodeField shown />
            <UntilStart shown />
            <SpokenKeyField shown />
            <ReadinessList readiness=shown.readiness />
            <Card title=Signal::derive(move || t_string!(i18n, delivery.rules_title).to_owned())>
                <ul class="bullets stack">
                    <li>{t!(i18n, delivery.rule_saved)}</li>
                    <li>{t!(i18n, delivery.rule_offline)}</li>
                    <li>{t!(i18n, delivery.rule_end)}</li>
                </ul>
            </Card>
            <div class="row"><WayOut /></div>
        </main>
    }
}

/// Who sits when.
#[component]
pub(super) fn Candidate(
    /// The sitting.
    view: SittingView,
) -> impl IntoView {
    let i18n = use_i18n();
    let (starts_at, deadline) = (view.starts_at, view.deadline);
    view! {
        <dl class="facts card">
            <div><dt>{t!(i18n, delivery.name)}</dt><dd>{view.candidate_name}</dd></div>
            <div><dt>{t!(i18n, delivery.ticket)}</dt><dd class="num">{view.ticket_number}</dd></div>
            <div>
                <dt>{t!(i18n, delivery.starts_at)}</dt>
                <dd class="num">{move || when::date_time(i18n.get_locale(), starts_at)}</dd>
            </div>
            <div>
                <dt>{t!(i18n, delivery.ends_at)}</dt>
                <dd class="num">{move || when::date_time(i18n.get_locale(), deadline)}</dd>
            </div>
        </dl>
    }
}

/// The entry code of the room, where the test asks for it. What is whole is sent by itself.
#[component]
fn EntryCodeField(shown: Shown) -> impl IntoView {
    let i18n = use_i18n();
    let code = shown.entry_code;
    let error = Signal::derive(move || {
        if code.is_refused() { t_string!(i18n, delivery.entry_code_wrong).to_owned() } else { String::new() }
    });
    view! {
        <Show when=move || code.is_asked.get()>
            <section class="card stack">
                <Field
                    id="entry_code"
                    label=Signal::derive(move || t_string!(i18n, delivery.entry_code).to_owned())
                    hint=Signal::derive(move || t_string!(i18n, delivery.entry_code_hint).to_owned())
                    error
                >
                    <TextInput value=code.text keyboard="numeric" />
                </Field>
                <p role="status">
                    {move || code.is_whole().then(|| t_string!(i18n, delivery.entry_code_whole))}
                </p>
            </section>
        </Show>
    }
}

/// The key that is read out, where the start has come and the server has not been reached. The right one opens the paper by
/// itself.
#[component]
fn SpokenKeyField(shown: Shown) -> impl IntoView {
    let i18n = use_i18n();
    let key = shown.spoken_key;
    let is_away = |failure: &ApiError| !matches!(failure, ApiError::Problem(_));
    let is_cut_off = Memo::new(move |_| {
        shown.readiness.with(|ready| ready.is_starting && ready.trouble.as_ref().is_some_and(is_away))
    });
    let is_asked = Memo::new(move |_| key.mark.with(Option::is_some) && is_cut_off.get());
    let error = Signal::derive(move || match key.fault() {
        None => String::new(),
        Some(0) => t_string!(i18n, delivery.spoken_key_other).to_owned(),
        Some(number) => t_string!(i18n, delivery.spoken_key_group, number = number),
    });
    let mark = move || t_string!(i18n, delivery.spoken_key_mark, mark = key.mark.get().unwrap_or_default());
    view! {
        <Show when=move || is_asked.get()>
            <section class="card stack">
                <p>{t!(i18n, delivery.spoken_key_lead)}</p>
                <p><b class="num">{mark}</b></p>
                <Field
                    id="spoken_key"
                    label=Signal::derive(move || t_string!(i18n, delivery.spoken_key).to_owned())
                    hint=Signal::derive(move || t_string!(i18n, delivery.spoken_key_hint).to_owned())
                    error
                >
                    <TextInput value=key.text keyboard="numeric" />
                </Field>
            </section>
        </Show>
    }
}

/// The time that is left, or that the paper is on its way.
#[component]
fn UntilStart(shown: Shown) -> impl IntoView {
    let i18n = use_i18n();
    let is_starting = Memo::new(move |_| shown.readiness.with(|ready| ready.is_starting));
    let has_package = Memo::new(move |_| shown.readiness.with(|ready| ready.has_package));
    let lacks_code = Memo::new(move |_| shown.entry_code.is_asked.get() && !shown.entry_code.is_whole());
    let starting = move || match lacks_code.get() {
        true => view! { <p><b>{t!(i18n, delivery.entry_code_waits)}</b></p> }.into_any(),
        false => view! {
            <p><b>{t!(i18n, delivery.starting)}</b></p>
            <p class="muted">{t!(i18n, delivery.starting_text)}</p>
        }
        .into_any(),
    };
    view! {
        <section class="card until-start stack" aria-live="polite">
            <Show
                when=move || !is_starting.get()
                fallback=starting
            >
                <p class="muted">{t!(i18n, delivery.until_start)}</p>
                <Show when=move || has_package.get()>
                    <p>
                        <Timer
                            left_s=shown.until_start_s
                            label=Signal::derive(move || t_string!(i18n, delivery.until_start).to_owned())
                        />
                    </p>
                </Show>
                <p class="muted small">{t!(i18n, delivery.by_itself)}</p>
            </Show>
        </section>
    }
}

/// What must be ready on this device.
#[component]
fn ReadinessList(readiness: RwSignal<Readiness>) -> impl IntoView {
    let i18n = use_i18n();
    let has_store = Signal::derive(move || readiness.with(|ready| ready.has_store));
    let has_package = Signal::derive(move || readiness.with(|ready| ready.has_package));
    let has_app = Signal::derive(move || readiness.with(|ready| ready.has_app == Some(true)));
    let has_no_app = Signal::derive(move || readiness.with(|ready| ready.has_app == Some(false)));
    let is_promised = Signal::derive(move || readiness.with(|ready| ready.is_promised == Some(true)));
    let is_not_promised = Signal::derive(move || readiness.with(|ready| ready.is_promised == Some(false)));
    let trouble = Memo::new(move |_| readiness.with(|ready| ready.trouble.clone()));
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, delivery.ready_title).to_owned())>
            <ul class="rows">
                <Check is_ready=has_store>{t!(i18n, delivery.ready_store)}</Check>
                <Check is_ready=has_package>{t!(i18n, delivery.ready_package)}</Check>
                <Check is_ready=has_app is_missing=has_no_app>{t!(i18n, delivery.ready_app)}</Check>
                <Check is_ready=is_promised is_missing=is_not_promised>{t!(i18n, delivery.ready_promise)}</Check>
            </ul>
            <Show when=move || has_no_app.get()>
                <Notice tone=Tone::Wait>{t!(i18n, delivery.no_app)}</Notice>
            </Show>
            <Show when=move || is_not_promised.get()>
                <Notice tone=Tone::Wait>{t!(i18n, delivery.no_promise)}</Notice>
            </Show>
            <Show when=move || has_store.get() && has_package.get()>
                <Notice tone=Tone::Ok>{t!(i18n, delivery.ready)}</Notice>
            </Show>
            {move || trouble.get().map(|failure| view! {
                <FailureNotice failure />
                <p class="small">{t!(i18n, delivery.tries_again)}</p>
            })}
        </Card>
    }
}

/// One thing that must be ready.
#[component]
pub(super) fn Check(
    /// Whether it is.
    is_ready: Signal<bool>,
    /// Whether it will not be.
    #[prop(optional)]
    is_missing: Signal<bool>,
    /// What it is.
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <li>
            <span>{children()}</span>
            <span class="row tight">
                {move || if is_ready.get() {
                    view! { <Icon symbol=Symbol::Check /> {t!(i18n, delivery.done)} }.into_any()
                } else if is_missing.get() {
                    view! { <Icon symbol=Symbol::Warning /> {t!(i18n, delivery.missing)} }.into_any()
                } else {
                    view! { <Icon symbol=Symbol::Clock /> {t!(i18n, delivery.preparing)} }.into_any()
                }}
            </span>
        </li>
    }
}
