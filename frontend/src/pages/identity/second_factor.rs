//! One's own second factor: how it stands, and the page where it is set up.

mod recovery;
mod set_up;

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{actor::Actor, client},
    shell::SignedIn,
    ui::{AsyncView, ButtonLink, Card, Tag, Tone},
};
use leptos::prelude::*;
use recovery::RenewCodes;
use set_up::SetUp;
use shared::identity::{LoginNeed, SecondFactorView};

lazy_page! {
    /// The page where it is set up.
    SecondFactorPage = SecondFactor in study;
}

#[component]
fn SecondFactor() -> impl IntoView {
    view! { <SignedIn serves=LoginNeed::SecondFactor><SetUp /></SignedIn> }
}

/// The card on the account's page; not there for whom no second factor is offered.
#[component]
pub(super) fn SecondFactorCard() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let factor = LocalResource::new(move || client::get::<SecondFactorView>(actor, "/me/second_factor"));
    view! {
        <AsyncView resource=factor let:factor>
            {(factor.is_offered || factor.is_on).then(|| view! { <Standing factor /> })}
        </AsyncView>
    }
}

#[component]
fn Standing(factor: SecondFactorView) -> impl IntoView {
    let i18n = use_i18n();
    let left = factor.recovery_codes_left;
    view! {
        <Card title=words(|locale| td_string!(locale, identity.factor_title))>
            <p class="muted small">{t!(i18n, identity.factor_text)}</p>
            {if factor.is_on {
                view! {
                    <p class="row tight">
                        <Tag tone=Tone::Ok>{t!(i18n, identity.factor_is_on)}</Tag>
                        <span>{move || t_string!(i18n, identity.factor_codes_left, count = left)}</span>
                    </p>
                    <p class="muted small">{t!(i18n, identity.factor_lost)}</p>
                    <RenewCodes />
                }
                .into_any()
            } else {
                view! {
                    <p><Tag>{t!(i18n, identity.factor_is_off)}</Tag></p>
                    <div class="row">
                        <ButtonLink href="/second_factor">{t!(i18n, identity.factor_set_up)}</ButtonLink>
                    </div>
                }
                .into_any()
            }}
        </Card>
    }
}
