//! Photos that the learner sent for an assignment, each shown when they ask for it.

use crate::{
    i18n::{t, t_string, use_i18n},
    pages::learning::offline::Vault,
    platform::{
        actor::Actor,
        client::{self, Outcome},
        file::Shown,
    },
    ui::{AsyncView, Button, Look},
};
use leptos::prelude::*;
use shared::ids::AssignmentPhotoId;

/// The photos of a hand-in.
#[component]
pub(super) fn OwnPhotos(
    /// The photos, in order.
    photos: Vec<AssignmentPhotoId>,
) -> impl IntoView {
    let one = |(at, id): (usize, AssignmentPhotoId)| view! { <li class="stack"><OwnPhoto id number={at + 1} /></li> };
    (!photos.is_empty()).then(|| {
        view! { <ul class="stack">{photos.into_iter().enumerate().map(one).collect_view()}</ul> }
    })
}

/// One photo, fetched once somebody wants to see it.
#[component]
pub(super) fn OwnPhoto(
    /// The photo.
    id: AssignmentPhotoId,
    /// Its number, from 1.
    number: usize,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_shown = RwSignal::new(false);
    let name = move || t_string!(i18n, learning.assignment_photo_nth, number = number);
    view! {
        <Show
            when=move || is_shown.get()
            fallback=move || view! {
                <Button look=Look::Quiet on_press=move |()| is_shown.set(true)>
                    {t!(i18n, learning.assignment_photo_show)} " " {name}
                </Button>
            }
        >
            <Fetched id name=Signal::derive(name) />
        </Show>
    }
}

#[component]
fn Fetched(id: AssignmentPhotoId, name: Signal<String>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let photo: LocalResource<Outcome<Shown>> = LocalResource::new(move || async move {
        let bytes = client::get_bytes(actor, &format!("/me/assignment_photos/{id}")).await?;
        Ok(Shown::new(&bytes, "image/jpeg"))
    });
    view! {
        <AsyncView resource=photo let:shown>
            <img class="looked-at" src=shown.address() alt=move || name.get() />
        </AsyncView>
    }
}

/// A photo that this phone keeps, shown at once: it costs no data.
#[component]
pub(super) fn KeptPhoto(
    /// Its name on the phone.
    name: String,
    /// Its number, from 1.
    number: usize,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let picture = LocalResource::new(move || {
        let name = name.clone();
        async move {
            let content = Vault::open(actor).await.ok()?.work_photo(&name).await.ok()??;
            Some(Shown::of(&content, "image/jpeg"))
        }
    });
    move || {
        let shown = picture.get().flatten()?;
        let words = move || t_string!(i18n, learning.assignment_photo_nth, number = number);
        Some(view! { <img class="looked-at" src=shown.address() alt=words /> })
    }
}
