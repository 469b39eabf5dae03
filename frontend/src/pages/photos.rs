//! Photos of papers: taken with the phone's camera or chosen, sent at once or kept until there is a network; each look
//! is audited, so they are shown when somebody asks.

use crate::{
    i18n::{t_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        deed::Deed,
        file::{self, Shown},
    },
    ui::{AsyncView, DeedFailure, Icon, Notice, Symbol, Toasts, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;
use shared::{
    enrolment::MAX_ATTACHMENT_BYTES,
    media::{PictureFault, picture_fault},
};
use std::sync::Arc;
use web_sys::{File, HtmlInputElement};

/// Takes a photo. It outlives the button, which may be drawn anew while the photo is looked at.
pub(in crate::pages) type TakesPhoto = Arc<dyn Fn(File) + Send + Sync>;

/// Why a file cannot be a photo, told before anything is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileFault {
    /// It cannot be read.
    Picture(PictureFault),
    /// Larger than is taken.
    TooLarge,
}

/// What is wrong with a file by its name, its type and its bytes.
fn fault_of(name: &str, kind: &str, bytes: f64) -> Option<FileFault> {
    let name = name.to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    // Some phones say no type; then the name tells.
    let is_picture = match kind {
        "" => ends(&[".jpg", ".jpeg", ".png", ".webp"]),
        kind => matches!(kind, "image/jpeg" | "image/png" | "image/webp"),
    };
    if matches!(kind, "image/heic" | "image/heif") || ends(&[".heic", ".heif"]) {
        Some(FileFault::Picture(PictureFault::Heic))
    } else if !is_picture {
        Some(FileFault::Picture(PictureFault::NoPicture))
    } else if bytes > MAX_ATTACHMENT_BYTES as f64 {
        Some(FileFault::TooLarge)
    } else {
        None
    }
}

/// What is wrong with a file by what is in it: a phone may call a photo what it is not.
async fn fault_in(photo: &File) -> Option<FileFault> {
    let Some(bytes) = file::bytes_of(photo).await else { return Some(FileFault::Picture(PictureFault::Broken)) };
    picture_fault(&bytes.to_vec()).map(FileFault::Picture)
}

/// Takes a photo with the camera, or chooses one; what cannot be one is told before anything is done with it.
#[component]
pub(in crate::pages) fn PhotoButton(
    /// What it shows, for who does not see the page.
    name: Signal<String>,
    /// Whether the one before is under way.
    is_busy: Signal<bool>,
    /// Whether another one has to wait for it.
    #[prop(optional)]
    is_one_by_one: bool,
    /// Something is chosen, whatever it is.
    #[prop(optional)]
    tried: Option<Callback<()>>,
    /// Takes the photo.
    chosen: TakesPhoto,
) -> impl IntoView {
    let i18n = use_i18n();
    let fault = RwSignal::new(None::<FileFault>);
    let choose = move |event: leptos::ev::Event| {
        let input = event_target::<HtmlInputElement>(&event);
        let Some(photo) = file::chosen(&input) else { return };
        if let Some(tried) = tried {
            tried.run(());
        }
        let found = fault_of(&photo.name(), &photo.type_(), photo.size());
        let may_be_one = found.is_none();
        fault.try_set(found);
        if may_be_one {
            let chosen = chosen.clone();
            spawn_local(async move {
                match fault_in(&photo).await {
                    Some(found) => _ = fault.try_set(Some(found)),
                    None => chosen(photo),
                }
            });
        }
        // The same file can be chosen again after a refusal.
        input.set_value("");
    };
    let must_wait = move || is_one_by_one && is_busy.get();
    // It keeps the focus, as a button does.
    let hold = move |event: leptos::ev::MouseEvent| {
        if untrack(must_wait) {
            event.prevent_default();
        }
    };
    let words = move || match fault.get()? {
        FileFault::Picture(PictureFault::Heic) => Some(t_string!(i18n, enrolment.photo_heic)),
        FileFault::Picture(PictureFault::NoPicture) => Some(t_string!(i18n, enrolment.photo_no_picture)),
        FileFault::Picture(PictureFault::Broken) => Some(t_string!(i18n, enrolment.photo_broken)),
        FileFault::Picture(PictureFault::TooWide) => Some(t_string!(i18n, enrolment.photo_too_wide)),
        FileFault::TooLarge => Some(t_string!(i18n, enrolment.photo_too_large)),
    };
    let verb = move || match is_busy.get() {
        true => t_string!(i18n, enrolment.photo_sending),
        false => t_string!(i18n, enrolment.photo_take),
    };
    view! {
        <label class="button file-button">
            <Icon symbol=Symbol::Camera />
            <span>{verb}</span>
            <span class="visually-hidden">" " {move || name.get()}</span>
            <input
                type="file"
                accept="image/*"
                capture="environment"
                aria-disabled=move || must_wait().then_some("true")
                on:click=hold
                on:change=choose
            />
        </label>
        <div role="alert">{move || words().map(|words| view! { <Notice tone=Tone::Stop>{words}</Notice> })}</div>
    }
}

/// Takes a photo, or chooses one, and sends it at once.
#[component]
pub(in crate::pages) fn TakePhoto<T>(
    /// Where it is sent to.
    path: String,
    /// What it shows, for who does not see the page.
    name: Signal<String>,
    /// Takes the server's answer.
    added: Callback<T>,
) -> impl IntoView
where
    T: DeserializeOwned + 'static,
{
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let path = StoredValue::new(path);
    let send: TakesPhoto = Arc::new(move |photo: File| {
        let Some(path) = path.try_get_value() else { return };
        let key = idempotency_key();
        let sending = async move { client::create_of_file::<T>(actor, &path, &key, photo).await };
        deed.run(sending, move |answer| {
            toasts.done(t_string!(i18n, enrolment.photo_added));
            added.run(answer);
        });
    });
    let tried = Callback::new(move |()| deed.forget_failure());
    let said = deed.field("/photo");
    view! {
        <PhotoButton name is_busy=deed.is_busy() is_one_by_one=true tried chosen=send />
        <div role="alert">
            {move || Some(said.get()).filter(|said| !said.is_empty()).map(|said| view! { <Notice tone=Tone::Stop>{said}</Notice> })}
        </div>
        <DeedFailure deed />
    }
}

/// A photo itself, fetched when it is drawn and dropped when it goes. `path` records the look.
#[component]
pub(in crate::pages) fn LookedAt(
    /// What shows it.
    path: String,
    /// What it shows.
    name: String,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let picture: LocalResource<Outcome<Shown>> = LocalResource::new(move || {
        let path = path.clone();
        async move {
            let bytes = client::post_for_bytes(actor, &path, &serde_json::json!({})).await?;
            Ok(Shown::new(&bytes, "image/jpeg"))
        }
    });
    view! {
        <AsyncView resource=picture let:shown>
            <img class="looked-at" src=shown.address() alt=name.clone() />
        </AsyncView>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_a_photo_is_told_at_once() {
        let heic = Some(FileFault::Picture(PictureFault::Heic));
        assert_eq!((fault_of("IMG_1.HEIC", "", 1.0), fault_of("a.jpg", "image/heic", 1.0)), (heic, heic));
        assert_eq!(fault_of("a.pdf", "application/pdf", 1.0), Some(FileFault::Picture(PictureFault::NoPicture)));
        assert_eq!(fault_of("a.jpg", "image/jpeg", 13e6), Some(FileFault::TooLarge));
        assert_eq!(fault_of("a.jpg", "image/jpeg", 4e6), None);
        assert_eq!(fault_of("a.png", "", 4e6), None, "some phones say no type");
    }
}
