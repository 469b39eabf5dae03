//! A photo of a hand-in, shown when the teacher asks for it, for each look is audited; it can be enlarged to read
//! handwriting.

use crate::{
    i18n::{t, t_string, use_i18n},
    pages::photos::LookedAt,
    ui::{Button, Look},
};
use leptos::prelude::*;
use shared::ids::{AssignmentPhotoId, HandInId};

/// One photo.
#[component]
pub(super) fn HandInPhoto(
    /// The hand-in.
    of: HandInId,
    /// The photo.
    id: AssignmentPhotoId,
    /// Its number, from 1.
    number: usize,
) -> impl IntoView {
    let i18n = use_i18n();
    let (is_shown, is_large) = (RwSignal::new(false), RwSignal::new(false));
    let name = move || t_string!(i18n, classes.hand_in_photo_nth, number = number);
    let size = move || match is_large.get() {
        true => t_string!(i18n, classes.hand_in_reduce),
        false => t_string!(i18n, classes.hand_in_enlarge),
    };
    view! {
        <Show
            when=move || is_shown.get()
            fallback=move || view! {
                <Button look=Look::Quiet on_press=move |()| is_shown.set(true)>
                    {t!(i18n, enrolment.look)} " " {name}
                </Button>
            }
        >
            <div class="stack">
                <div
                    class="zoomable"
                    class:is-large=move || is_large.get()
                    role="region"
                    tabindex="0"
                    aria-label=name
                >
                    <LookedAt path=format!("/hand_ins/{of}/photos/{id}/look") name=name() />
                </div>
                <Button on_press=move |()| is_large.update(|is_large| *is_large = !*is_large)>
                    {size} <span class="visually-hidden">" " {name}</span>
                </Button>
            </div>
        </Show>
    }
}
