//! Says what of the learner's study is only on this phone.

use super::{
    counting::count_waiting,
    outbox::{Link, Outbox},
    vault::{KeptHandIn, KeptNote, Vault},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    platform::kept_study,
    ui::{Button, Icon, Notice, Symbol, Tag, Toasts, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::A;

/// The line under the heading. Nothing if the server has everything.
#[component]
pub(crate) fn StudyStanding(outbox: Outbox) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = expect_context::<Toasts>();
    let count = Memo::new(move |_| {
        outbox
            .waiting
            .with(|study| outbox.hand_ins.with(|work| outbox.notes.with(|notes| count_waiting(study, work, notes))))
    });
    let is_told = Memo::new(move |_| count.get() > 0 || outbox.link.get() == Link::NoStore);
    let says = move || match outbox.link.get() {
        Link::NoStore => t_string!(i18n, learning.offline_no_store),
        Link::Away => t_string!(i18n, learning.offline_sync_away),
        Link::Trouble => t_string!(i18n, learning.offline_sync_trouble),
        Link::Unknown | Link::There => t_string!(i18n, learning.offline_sync_waiting),
    };
    // What goes at once is told at once: of several pieces of news a phone shows the last.
    let begun = outbox.taken.get_untracked();
    let sent = Memo::new(move |before: Option<&(usize, usize)>| {
        let told = before.map_or(begun, |(told, _)| *told);
        if outbox.is_busy.get() {
            return (told, 0);
        }
        let taken = outbox.taken.get();
        (taken, taken.saturating_sub(told))
    });
    Effect::watch(
        move || sent.get(),
        move |(_, new), _, _| {
            if *new > 0 {
                toasts.done(t_string!(i18n, learning.offline_sent, count = *new));
            }
        },
        false,
    );
    view! {
        <Show when=move || is_told.get()>
            <section class="card row spread standing" aria-label=move || t_string!(i18n, learning.offline_sync)>
                <div class="row">
                    {move || match count.get() {
                        0 => ().into_any(),
                        count => view! {
                            <Tag tone=Tone::Wait>
                                <Icon symbol=Symbol::Clock />
                                {t!(i18n, learning.offline_waiting, count = count)}
                            </Tag>
                        }
                        .into_any(),
                    }}
                    <p class="small" role="status">{says}</p>
                </div>
                <Button is_busy=outbox.is_busy on_press=move |()| outbox.send()>
                    {t!(i18n, learning.offline_sync_do)}
                </Button>
            </section>
        </Show>
        <Lost outbox />
        <Refused outbox />
        <NotHandedIn outbox />
        <NotSaved outbox />
    }
}

/// Says that the browser threw away what was to be sent, until its learner has read so.
#[component]
fn Lost(outbox: Outbox) -> impl IntoView {
    let i18n = use_i18n();
    let actor = outbox.actor;
    let lost = RwSignal::new(0_usize);
    spawn_local(async move {
        if let Ok(vault) = Vault::open(actor).await {
            drop(vault.note_loss().await);
        }
        lost.try_set(actor.kept_account().map_or(0, kept_study::lost));
    });
    let is_told = Memo::new(move |_| lost.get() > 0);
    let read = move |()| {
        if let Some(account) = actor.kept_account() {
            kept_study::forget_lost(account);
        }
        lost.set(0);
    };
    view! {
        <Show when=move || is_told.get()>
            <Notice tone=Tone::Stop>
                <p role="alert">{move || t_string!(i18n, learning.offline_study_lost, count = lost.get())}</p>
                <Button on_press=read>{t!(i18n, learning.offline_study_lost_read)}</Button>
            </Notice>
        </Show>
    }
}

/// What the server does not take, with the reason; it can be dropped.
#[component]
fn Refused(outbox: Outbox) -> impl IntoView {
    let i18n = use_i18n();
    let refused = move || {
        let mut refused = outbox.waiting.get();
        refused.retain(|kept| !kept.errors.is_empty());
        refused
    };
    move || {
        refused()
            .into_iter()
            .map(|kept| {
                let id = kept.entry.id;
                let why = kept.errors.into_iter().map(|error| error.detail).collect::<Vec<_>>().join(" ");
                view! {
                    <Notice tone=Tone::Stop>
                        <p><b>{kept.title}</b> " " {why}</p>
                        <Button on_press=move |()| outbox.drop_entry(id)>{t!(i18n, learning.offline_drop)}</Button>
                    </Notice>
                }
            })
            .collect_view()
    }
}

/// Assignments that the server does not take, each with the way to where its learner decides what becomes of it.
#[component]
fn NotHandedIn(outbox: Outbox) -> impl IntoView {
    let i18n = use_i18n();
    let one = move |kept: KeptHandIn| {
        let KeptHandIn { unit_id, title, refusal, .. } = kept;
        view! {
            <Notice tone=Tone::Stop>
                <p>
                    <b>{move || t_string!(i18n, learning.assignment_not_taken, title = title.clone())}</b>
                    " " {refusal}
                </p>
                <p class="lone"><A href=format!("/learn/units/{unit_id}")>{t!(i18n, learning.assignment_to_unit)}</A></p>
            </Notice>
        }
    };
    move || {
        let mut refused = outbox.hand_ins.get();
        refused.retain(|kept| !kept.is_waiting());
        refused.into_iter().map(one).collect_view()
    }
}

/// Notes that another device has changed too, each with the way to where its learner decides; and those that the server
/// does not take, with what was written.
#[component]
fn NotSaved(outbox: Outbox) -> impl IntoView {
    let i18n = use_i18n();
    let one = move |kept: KeptNote| {
        let KeptNote { unit_id, title, text, refusal, .. } = kept;
        if refusal.is_empty() {
            return view! {
                <Notice tone=Tone::Wait>
                    <p>{move || t_string!(i18n, learning.note_undecided, title = title.clone())}</p>
                    <p class="lone"><A href=format!("/learn/units/{unit_id}")>{t!(i18n, learning.note_decide)}</A></p>
                </Notice>
            }
            .into_any();
        }
        view! {
            <Notice tone=Tone::Stop>
                <p>
                    <b>{move || t_string!(i18n, learning.note_not_taken, title = title.clone())}</b>
                    " " {refusal}
                </p>
                <p class="own-words">{text}</p>
                <Button on_press=move |()| outbox.drop_note(unit_id)>{t!(i18n, learning.offline_drop)}</Button>
            </Notice>
        }
        .into_any()
    };
    move || {
        let mut left = outbox.notes.get();
        left.retain(|kept| !kept.is_waiting());
        left.into_iter().map(one).collect_view()
    }
}
