//! What was entered is put right while the record is being filled in, as after a return.

use super::{
    super::{applicant::StudyFields, draft::Draft},
    place_of, seen,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        organisation::{may, words::words},
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client},
    ui::{Button, Dialog, Toasts, focus_on},
};
use leptos::prelude::*;
use shared::{
    enrolment::{EnrolmentView, RecordStep, state_after},
    rights::Right,
};

/// The button; nothing where the reader cannot change the record, or where it is fixed.
#[component]
pub(super) fn Amend(view: EnrolmentView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let may_keep = may(expect_context::<Actor>(), Right::KeepEnrolments, &place_of(&view.record));
    let is_fixed = state_after(view.record.state, view.record.level, RecordStep::Amend).is_none();
    (may_keep && !is_fixed).then(|| {
        view! {
            <div class="row">
                <Button on_press=move |()| is_open.set(true)>{t!(i18n, enrolment.amend)}</Button>
            </div>
            <Dialog is_open title=words(|locale| td_string!(locale, enrolment.amend_title))>
                <Form view=view.clone() is_open reload />
            </Dialog>
        }
    })
}

/// The fields of the study, as a new enrolment has them.
#[component]
fn Form(view: EnrolmentView, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let draft = Draft::of_record(&view);
    let checked = Checked::new(move || draft.wrong_study());
    let (path, version) = (format!("/enrolments/{}", view.record.id), seen(&view.record));
    let send = Callback::new(move |()| {
        let Some(amended) = untrack(|| draft.amended()) else { return };
        let (path, version) = (path.clone(), version.clone());
        let sending = async move { client::replace(actor, &path, &version, &amended).await };
        checked.deed.run(sending, move |_: EnrolmentView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, common.done));
            // The button is drawn anew, and the focus must not go with it.
            focus_on("h1");
            reload.run(());
        });
    });
    view! {
        <p>{t!(i18n, enrolment.amend_about)}</p>
        <CheckedForm checked verb=words(|locale| td_string!(locale, enrolment.amend_do)) send>
            <StudyFields draft checked />
        </CheckedForm>
    }
}
