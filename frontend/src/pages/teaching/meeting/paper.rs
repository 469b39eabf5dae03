//! The signed roll of a lesson: its photos, beside the roll that is entered by them.

use super::{
    kept_photos::{Keeping, Kept},
    photo_queue::PhotoQueue,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
        photos::LookedAt,
    },
    platform::{
        actor::Actor,
        client::{self, ApiError, Outcome},
        when,
    },
    ui::{Button, Card, Dialog, FailureNotice, Look, Toasts},
};
use leptos::{ev, prelude::*};
use leptos_router::components::A;
use shared::{
    ids::{MeetingId, RollPhotoId},
    people::check_reason,
    teaching::{MeetingView, RollPhotoRemoval, RollPhotoView},
};

/// What the parts of the card need.
#[derive(Clone, Copy)]
struct Around {
    meeting: MeetingId,
    may_keep: bool,
    /// The photo in sight.
    looked: RwSignal<Option<RollPhotoId>>,
    /// The photo that is to be taken away.
    leaving: RwSignal<Option<RollPhotoId>>,
    is_asking: RwSignal<bool>,
    reload: Callback<()>,
}

/// The card; nothing for who may add no photo where there is none.
#[component]
pub(super) fn PaperRoll(
    /// The lesson.
    meeting: MeetingView,
    /// Whether the reader calls its roll.
    may_keep: bool,
    /// How the roll is taken: from paper, once there is a photo of it.
    method: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let id = meeting.id;
    let photos: LocalResource<Outcome<Vec<RollPhotoView>>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/meetings/{id}/roll_photos")).await });
    let around = Around {
        meeting: id,
        may_keep,
        looked: RwSignal::new(None),
        leaving: RwSignal::new(None),
        is_asking: RwSignal::new(false),
        reload: Callback::new(move |()| photos.refetch()),
    };
    let taken = Callback::new(move |(of, photo): (MeetingId, RollPhotoView)| {
        toasts.done(t_string!(i18n, enrolment.photo_added));
        if of == id {
            around.looked.set(Some(photo.id));
            photos.refetch();
        }
    });
    // What the server has is in sight again when the network is back.
    let online = window_event_listener(ev::online, move |_| photos.refetch());
    on_cleanup(move || online.remove());
    let keeping = may_keep.then(|| Keeping {
        queue: PhotoQueue::begin(actor, taken),
        meeting: StoredValue::new(meeting),
        method,
    });
    // Who may not see them sees nothing; without a network the sheet is photographed all the same. It is drawn once: the
    // camera may be open while the list is fetched anew, and what it takes must find its way.
    let is_shown = Memo::new(move |before| match photos.get() {
        None => before.copied().unwrap_or_default(),
        Some(Ok(photos)) => may_keep || !photos.is_empty(),
        Some(Err(_)) => may_keep,
    });
    view! {
        <Show when=move || is_shown.get()>
            <Sheet photos around keeping />
        </Show>
    }
}

#[component]
fn Sheet(
    /// What the server has.
    photos: LocalResource<Outcome<Vec<RollPhotoView>>>,
    around: Around,
    keeping: Option<Keeping>,
) -> impl IntoView {
    let i18n = use_i18n();
    let known = Memo::new(move |_| photos.get().and_then(Result::ok).map_or(0, |photos| photos.len()));
    let list = move || match photos.get()? {
        Ok(photos) => (!photos.is_empty()).then(|| view! { <Photos photos around /> }.into_any()),
        Err(ApiError::Network) => Some(view! { <p class="muted small">{t!(i18n, classes.paper_away)}</p> }.into_any()),
        Err(failure) => Some(view! { <FailureNotice failure /> }.into_any()),
    };
    view! {
        <Card title=words(|locale| td_string!(locale, classes.paper_roll))>
            {around.may_keep.then(|| view! {
                <p class="muted small">{t!(i18n, classes.paper_roll_about)}</p>
                <p><A href=format!("/meetings/{}/sheet", around.meeting)>{t!(i18n, classes.sheet_print)}</A></p>
            })}
            {list}
            {keeping.map(|keeping| view! { <Kept keeping known /> })}
            <Dialog is_open=around.is_asking title=words(|locale| td_string!(locale, classes.photo_remove))>
                {move || around.leaving.get().map(|photo| view! { <Remove photo around /> })}
            </Dialog>
        </Card>
    }
}

#[component]
fn Photos(photos: Vec<RollPhotoView>, around: Around) -> impl IntoView {
    let numbered = photos.into_iter().zip(1..).map(|(photo, number)| view! { <Photo number photo around /> });
    view! { <ol class="roll-photos">{numbered.collect_view()}</ol> }
}

/// One photo: when it came, a look at it, and the way to take it away.
#[component]
fn Photo(number: usize, photo: RollPhotoView, around: Around) -> impl IntoView {
    let i18n = use_i18n();
    let RollPhotoView { id, added_by_name, added_at, .. } = photo;
    let name = move || t_string!(i18n, classes.paper_photo, number = number);
    let is_open = Memo::new(move |_| around.looked.get() == Some(id));
    let verb = move || match is_open.get() {
        true => t_string!(i18n, classes.photo_put_away),
        false => t_string!(i18n, enrolment.look),
    };
    let ask = move |()| {
        around.leaving.set(Some(id));
        around.is_asking.set(true);
    };
    let look = format!("/meetings/{}/roll_photos/{id}/look", around.meeting);
    view! {
        <li class="stack">
            <div class="row spread">
                <p>
                    <b>{name}</b>
                    <span class="muted small num">
                        " " {added_by_name} " " {move || when::date_time(i18n.get_locale(), added_at)}
                    </span>
                </p>
                <div class="row">
                    <Button on_press=move |()| around.looked.set((!is_open.get_untracked()).then_some(id))>
                        {verb}
                        <span class="visually-hidden">" " {name}</span>
                    </Button>
                    {around.may_keep.then(|| view! {
                        <Button on_press=ask>
                            {t!(i18n, enrolment.remove)}
                            <span class="visually-hidden">" " {name}</span>
                        </Button>
                    })}
                </div>
            </div>
            {move || is_open.get().then(|| view! { <LookedAt path=look.clone() name=name() /> })}
        </li>
    }
}

/// Asks why a photo proves nothing.
#[component]
fn Remove(photo: RollPhotoId, around: Around) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let send = Callback::new(move |()| {
        let path = format!("/meetings/{}/roll_photos/{photo}/remove", around.meeting);
        let removal = RollPhotoRemoval { reason: reason.get_untracked() };
        checked.deed.run(async move { client::send(actor, &path, &removal).await }, move |()| {
            around.is_asking.set(false);
            toasts.done(t_string!(i18n, common.done));
            around.reload.run(());
        });
    });
    view! {
        <p>{t!(i18n, classes.photo_remove_about)}</p>
        <CheckedForm checked look=Look::Danger verb=words(|locale| td_string!(locale, classes.photo_remove)) send>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}
