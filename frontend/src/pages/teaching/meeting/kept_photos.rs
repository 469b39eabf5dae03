//! Photos of a signed roll that this device keeps until the server has them: how many, which, and why one was refused.

use super::{photo_queue::PhotoQueue, sync::Link, vault::KeptPhoto};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        photos::{PhotoButton, TakesPhoto},
    },
    platform::when,
    ui::{Button, Icon, Look, Notice, Symbol, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    ids::MeetingId,
    teaching::{MAX_ROLL_PHOTOS, MeetingView, RollCallMethod},
};
use std::sync::Arc;
use web_sys::File;

/// What somebody needs who photographs a sheet.
#[derive(Clone, Copy)]
pub(super) struct Keeping {
    /// The photos of this device.
    pub(super) queue: PhotoQueue,
    /// The lesson.
    pub(super) meeting: StoredValue<MeetingView>,
    /// How its roll is taken.
    pub(super) method: RwSignal<String>,
}

/// What this device keeps, and the camera as long as there is room.
#[component]
pub(super) fn Kept(
    /// What is needed.
    keeping: Keeping,
    /// Photos that the server has of the lesson.
    known: Memo<usize>,
) -> impl IntoView {
    let Keeping { queue, meeting, method } = keeping;
    let here = meeting.with_value(|meeting| meeting.id);
    let has_room = Memo::new(move |_| {
        let own = queue.waiting.with(|waiting| waiting.iter().filter(|photo| photo.meeting_id == here).count());
        known.get() + own < MAX_ROLL_PHOTOS
    });
    let has_some = Memo::new(move |_| queue.waiting.with(|waiting| !waiting.is_empty()));
    let kept = Callback::new(move |()| method.set(RollCallMethod::Paper.as_str().to_owned()));
    let chosen: TakesPhoto = Arc::new(move |photo: File| {
        meeting.try_with_value(|meeting| queue.keep(meeting, photo, kept));
    });
    let name = words(|locale| td_string!(locale, classes.paper_roll));
    let is_sending = Signal::derive(move || queue.is_busy.get() && queue.count() > 0);
    view! {
        <Waiting queue />
        <Show when=move || has_some.get()>
            <ul class="roll-photos">
                <For each=move || queue.waiting.get() key=|photo| (photo.name.clone(), photo.refusal.clone()) let:photo>
                    <Item photo queue here />
                </For>
            </ul>
        </Show>
        <Show when=move || has_room.get()>
            <div class="stack"><PhotoButton name is_busy=is_sending chosen=chosen.clone() /></div>
        </Show>
    }
}

/// How many photos wait, what they wait for, and the way to send them now.
#[component]
fn Waiting(queue: PhotoQueue) -> impl IntoView {
    let i18n = use_i18n();
    let count = Memo::new(move |_| queue.count());
    let says = move || match queue.link.get() {
        Link::NoStore => Some(t_string!(i18n, classes.sync_no_store)),
        _ if count.get() == 0 => None,
        Link::Away => Some(t_string!(i18n, classes.photos_away)),
        Link::Trouble => Some(t_string!(i18n, classes.photos_trouble)),
        Link::Unknown | Link::There => Some(t_string!(i18n, classes.photos_sending)),
    };
    let is_shown = Memo::new(move |_| count.get() > 0 || queue.link.get() == Link::NoStore);
    view! {
        <Show when=move || is_shown.get()>
            <div class="row spread standing">
                <div class="row">
                    <Show when=move || { count.get() > 0 }>
                        <Tag tone=Tone::Wait>
                            <Icon symbol=Symbol::Clock />
                            {move || t_string!(i18n, classes.photos_waiting, count = count.get())}
                        </Tag>
                    </Show>
                    <p class="small muted" role="status">{says}</p>
                </div>
                <Show when=move || { count.get() > 0 }>
                    <Button is_busy=queue.is_busy on_press=move |()| queue.send()>
                        {t!(i18n, classes.photos_send)}
                    </Button>
                </Show>
            </div>
        </Show>
    }
}

/// One photo that this device keeps.
#[component]
fn Item(photo: KeptPhoto, queue: PhotoQueue, here: MeetingId) -> impl IntoView {
    let i18n = use_i18n();
    let KeptPhoto { name, meeting_id, about, taken_at, refusal } = photo.clone();
    let is_refused = !refusal.is_empty();
    let state = move || match is_refused {
        true => t_string!(i18n, classes.photo_refused),
        false => t_string!(i18n, classes.photo_kept),
    };
    view! {
        <li class="stack">
            <p>
                <b>{state}</b>
                <span class="muted small num">" " {move || when::date_time(i18n.get_locale(), taken_at)}</span>
            </p>
            {match meeting_id == here {
                true => view! { <Preview name queue /> }.into_any(),
                false => view! { <p class="small"><A href=format!("/meetings/{meeting_id}")>{about}</A></p> }.into_any(),
            }}
            {is_refused.then(|| view! { <Refused photo refusal queue /> })}
        </li>
    }
}

/// The photo itself, from this device.
#[component]
fn Preview(name: String, queue: PhotoQueue) -> impl IntoView {
    let i18n = use_i18n();
    let picture = LocalResource::new(move || {
        let name = name.clone();
        async move { queue.picture(&name).await }
    });
    move || {
        let shown = picture.get().flatten()?;
        let words = move || t_string!(i18n, classes.photo_kept);
        Some(view! { <img class="looked-at" src=shown.address() alt=words /> })
    }
}

/// Why the server did not take it; it can be sent once more, or dropped.
#[component]
fn Refused(photo: KeptPhoto, refusal: String, queue: PhotoQueue) -> impl IntoView {
    let i18n = use_i18n();
    let (name, photo) = (photo.name.clone(), StoredValue::new(photo));
    view! {
        <Notice tone=Tone::Stop>
            <p>{refusal}</p>
            <div class="row">
                <Button on_press=move |()| queue.send_again(photo.get_value())>{t!(i18n, classes.photo_again)}</Button>
                <Button look=Look::Danger on_press=move |()| queue.drop_photo(name.clone())>
                    {t!(i18n, classes.photo_drop)}
                </Button>
            </div>
        </Notice>
    }
}
