//! The photos of a learner's papers: taken with the phone's camera, or chosen; each look is audited, so
//! they are shown when somebody asks.

use super::{
    super::words::kind_name,
    look::{LookDialog, Looking},
    place_of,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::organisation::{may, words::words},
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
        deed::Deed,
        file, when,
    },
    ui::{Button, Card, DeedFailure, Icon, Notice, Symbol, Toasts, Tone},
};
use leptos::prelude::*;
use shared::{
    enrolment::{AttachmentKind, AttachmentView, EnrolmentView, MAX_ATTACHMENT_BYTES, judge_attachment},
    ids::StudentRecordId,
    rights::Right,
};
use web_sys::{File, HtmlInputElement};

/// What the parts of the card need.
#[derive(Clone, Copy)]
struct Around {
    record: StudentRecordId,
    may_change: bool,
    may_look: bool,
    reload: Callback<()>,
    looking: Looking,
}

/// The card: a tile for each kind of paper, with its photos.
#[component]
pub(super) fn Papers(view: EnrolmentView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let place = place_of(&view.record);
    let is_open = judge_attachment(view.record.state).is_ok();
    let around = Around {
        record: view.record.id,
        may_change: is_open && may(actor, Right::KeepEnrolments, &place),
        may_look: may(actor, Right::SeeAttachment, &place),
        reload,
        looking: Looking::new(),
    };
    let of_kind = move |kind: AttachmentKind| {
        let photos: Vec<_> = view.attachments.iter().filter(|photo| photo.kind == kind).cloned().collect();
        let is_shown = around.may_change || !photos.is_empty();
        is_shown.then(|| view! { <Paper kind photos around /> })
    };
    view! {
        <Card title=words(|locale| td_string!(locale, enrolment.papers))>
            <p class="muted small">
                {if is_open { t!(i18n, enrolment.papers_about).into_any() } else { t!(i18n, enrolment.papers_fixed).into_any() }}
            </p>
            <ul class="papers">{AttachmentKind::ALL.iter().map(|kind| of_kind(*kind)).collect_view()}</ul>
            <LookDialog looking=around.looking record=around.record />
        </Card>
    }
}

/// One kind of paper.
#[component]
fn Paper(kind: AttachmentKind, photos: Vec<AttachmentView>, around: Around) -> impl IntoView {
    let i18n = use_i18n();
    let is_missing = photos.is_empty();
    let symbol = if is_missing { Symbol::Camera } else { Symbol::Check };
    let name = Signal::derive(move || kind_name(i18n.get_locale(), kind).to_owned());
    view! {
        <li class="paper" class:is-missing=is_missing>
            <div class="paper-picture" class:is-there=!is_missing><Icon symbol /></div>
            <div class="paper-foot">
                <b>{move || name.get()}</b>
                {photos.into_iter().map(|photo| view! { <Photo photo name around /> }).collect_view()}
                {around.may_change.then(|| view! { <Take kind name around /> })}
            </div>
        </li>
    }
}

/// One photo: when it came, a look at it, and the way to take it away.
#[component]
fn Photo(photo: AttachmentView, name: Signal<String>, around: Around) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let AttachmentView { id, added_at, .. } = photo;
    let remove = move |()| {
        let path = format!("/enrolments/{}/attachments/{id}", around.record);
        deed.run(async move { client::delete(actor, &path).await }, move |()| {
            toasts.done(t_string!(i18n, common.done));
            around.reload.run(());
        });
    };
    view! {
        <p class="muted small num">{move || when::date_time(i18n.get_locale(), added_at)}</p>
        <div class="row">
            {around.may_look.then(|| view! {
                <Button on_press=move |()| around.looking.at(id, name.get_untracked())>
                    {t!(i18n, enrolment.look)}
                    <span class="visually-hidden">" " {move || name.get()}</span>
                </Button>
            })}
            {around.may_change.then(|| view! {
                <Button is_busy=deed.is_busy() on_press=remove>
                    {t!(i18n, enrolment.remove)}
                    <span class="visually-hidden">" " {move || name.get()}</span>
                </Button>
            })}
        </div>
        <DeedFailure deed />
    }
}

/// Why a file cannot be a photo, told before anything is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileFault {
    /// An iPhone's own format.
    Heic,
    /// No picture.
    NoPicture,
    /// Larger than is taken.
    TooLarge,
}

fn fault_of(name: &str, kind: &str, bytes: f64) -> Option<FileFault> {
    let name = name.to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    // Some phones say no type; then the name tells.
    let is_picture = match kind {
        "" => ends(&[".jpg", ".jpeg", ".png", ".webp"]),
        kind => matches!(kind, "image/jpeg" | "image/png" | "image/webp"),
    };
    if matches!(kind, "image/heic" | "image/heif") || ends(&[".heic", ".heif"]) {
        Some(FileFault::Heic)
    } else if !is_picture {
        Some(FileFault::NoPicture)
    } else if bytes > MAX_ATTACHMENT_BYTES as f64 {
        Some(FileFault::TooLarge)
    } else {
        None
    }
}

/// Takes a photo, or chooses one, and sends it at once.
#[component]
fn Take(kind: AttachmentKind, name: Signal<String>, around: Around) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let fault = RwSignal::new(None::<FileFault>);
    let send = move |photo: File| {
        let (path, key) = (format!("/enrolments/{}/attachments?kind={kind}", around.record), idempotency_key());
        let sending = async move { client::create_of_file::<AttachmentView>(actor, &path, &key, photo).await };
        deed.run(sending, move |_| {
            toasts.done(t_string!(i18n, enrolment.photo_added));
            around.reload.run(());
        });
    };
    let choose = move |event: leptos::ev::Event| {
        let input = event_target::<HtmlInputElement>(&event);
        let Some(photo) = file::chosen(&input) else { return };
        deed.forget_failure();
        fault.set(fault_of(&photo.name(), &photo.type_(), photo.size()));
        if fault.get_untracked().is_none() {
            send(photo);
        }
        // The same file can be chosen again after a refusal.
        input.set_value("");
    };
    let words = move || match fault.get()? {
        FileFault::Heic => Some(t_string!(i18n, enrolment.photo_heic)),
        FileFault::NoPicture => Some(t_string!(i18n, enrolment.photo_no_picture)),
        FileFault::TooLarge => Some(t_string!(i18n, enrolment.photo_too_large)),
    };
    let verb = move || {
        if deed.is_busy().get() {
            t_string!(i18n, enrolment.photo_sending)
        } else {
            t_string!(i18n, enrolment.photo_take)
        }
    };
    let said = deed.field("/photo");
    view! {
        <label class="button file-button">
            <Icon symbol=Symbol::Camera />
            <span>{verb}</span>
            <span class="visually-hidden">" " {move || name.get()}</span>
            <input type="file" accept="image/*" capture="environment" on:change=choose />
        </label>
        <div role="alert">
            {move || words().map(|words| view! { <Notice tone=Tone::Stop>{words}</Notice> })}
            {move || Some(said.get()).filter(|said| !said.is_empty()).map(|said| view! { <Notice tone=Tone::Stop>{said}</Notice> })}
        </div>
        <DeedFailure deed />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_a_photo_is_told_at_once() {
        assert_eq!(fault_of("IMG_1.HEIC", "", 1.0), Some(FileFault::Heic));
        assert_eq!(fault_of("a.jpg", "image/heic", 1.0), Some(FileFault::Heic));
        assert_eq!(fault_of("a.pdf", "application/pdf", 1.0), Some(FileFault::NoPicture));
        assert_eq!(fault_of("a.jpg", "image/jpeg", 13e6), Some(FileFault::TooLarge));
        assert_eq!(fault_of("a.jpg", "image/jpeg", 4e6), None);
        assert_eq!(fault_of("a.png", "", 4e6), None, "some phones say no type");
    }
}
