//! The photo of a certificate: taken with the camera or chosen, and shown when somebody asks, for each look is audited.

use crate::{
    i18n::{t, t_string, use_i18n},
    pages::photos::{LookedAt, TakePhoto},
    ui::{Button, Dialog},
};
use leptos::prelude::*;
use shared::{ids::SkillCertificateId, teaching::SkillCertificateView};

/// A look at the photo, and the way to add one until somebody has checked the certificate.
#[component]
pub(super) fn CertificatePhoto(
    /// Of which certificate.
    id: SkillCertificateId,
    /// What it is for.
    occupation: String,
    /// Whether there is one.
    has_photo: bool,
    /// Whether the reader may add one.
    may_add: bool,
    /// Shows the record anew.
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let occupation = StoredValue::new(occupation);
    let name =
        Signal::derive(move || format!("{} {}", t_string!(i18n, classes.certificate_photo), occupation.get_value()));
    let added = Callback::new(move |_: SkillCertificateView| reload.run(()));
    view! {
        <div class="row">
            {has_photo.then(|| view! {
                <Button on_press=move |()| is_open.set(true)>
                    {t!(i18n, enrolment.look)}
                    <span class="visually-hidden">" " {move || name.get()}</span>
                </Button>
                <Dialog is_open title=name>
                    {move || is_open.get().then(|| view! {
                        <LookedAt path=format!("/skill_certificates/{id}/photo/look") name=name.get_untracked() />
                    })}
                </Dialog>
            })}
            {may_add.then(|| view! { <TakePhoto path=format!("/skill_certificates/{id}/photo") name added /> })}
        </div>
    }
}
