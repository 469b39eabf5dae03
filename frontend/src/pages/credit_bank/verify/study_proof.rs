//! A print of study records, looked up by its number and compared with the file that was handed over.

use super::finding::{Finding, FindingSheet};
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    platform::{
        client::{self, Outcome},
        crypto, file, when,
    },
    ui::{AsyncView, Icon, Symbol},
};
use leptos::{html::H2, prelude::*, task::spawn_local};
use shared::credit_bank::{CertificateNumber, PublicStudyProof, number_grouped};

/// What is known under the number of a print.
#[component]
pub(super) fn FoundProof(number: CertificateNumber) -> impl IntoView {
    let found = LocalResource::new(move || look_up(number.to_string()));
    view! {
        <AsyncView resource=found let:found>
            {match found {
                Some(proof) => view! { <ProofSheet proof /> }.into_any(),
                None => view! { <FindingSheet finding=Finding::NoSuchNumber certificate=None /> }.into_any(),
            }}
        </AsyncView>
    }
}

async fn look_up(number: String) -> Outcome<Option<PublicStudyProof>> {
    client::get_open(&format!("/public/study_proofs/{number}")).await
}

/// When it was made, which takes the focus when it appears; nothing of whose it is.
#[component]
fn ProofSheet(proof: PublicStudyProof) -> impl IntoView {
    let i18n = use_i18n();
    let heading = NodeRef::<H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            drop(heading.focus());
        }
    });
    let PublicStudyProof { number, digest, issued_at } = proof;
    view! {
        <section class="card finding ok">
            <div class="finding-head">
                <Icon symbol=Symbol::Check />
                <h2 node_ref=heading tabindex="-1">{t!(i18n, credit_bank.proof_found)}</h2>
                <p>{t!(i18n, credit_bank.proof_means)}</p>
            </div>
            <div class="stack finding-content">
                <dl class="facts">
                    <div class="whole">
                        <dt>{t!(i18n, credit_bank.proof_number)}</dt>
                        <dd class="num">{number_grouped(&number)}</dd>
                    </div>
                    <div class="whole">
                        <dt>{t!(i18n, credit_bank.proof_made)}</dt>
                        <dd class="num">{move || when::date_time(i18n.get_locale(), issued_at)}</dd>
                    </div>
                    <div class="whole">
                        <dt>{t!(i18n, credit_bank.proof_digest)}</dt>
                        <dd class="num">{number_grouped(&digest)}</dd>
                    </div>
                </dl>
                <Compare digest />
            </div>
        </section>
    }
}

/// What a comparison came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compared {
    Same,
    Different,
    Unreadable,
}

impl Compared {
    fn of(digest: &str, of_file: Option<String>) -> Self {
        match of_file {
            Some(of_file) if of_file == digest => Self::Same,
            Some(_) => Self::Different,
            None => Self::Unreadable,
        }
    }

    fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Same => td_string!(locale, credit_bank.proof_same),
            Self::Different => td_string!(locale, credit_bank.proof_differs),
            Self::Unreadable => td_string!(locale, credit_bank.proof_unreadable),
        }
    }

    const fn symbol(self) -> Symbol {
        match self {
            Self::Same => Symbol::Check,
            Self::Different | Self::Unreadable => Symbol::Warning,
        }
    }
}

/// Compares a file with the digest. It stays on this device.
#[component]
fn Compare(digest: String) -> impl IntoView {
    let i18n = use_i18n();
    let compared = RwSignal::new(None::<Compared>);
    let choose = move |event: leptos::ev::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        if file::chosen(&input).is_none() {
            return;
        }
        let digest = digest.clone();
        spawn_local(async move {
            let of_file = match file::chosen_bytes(&input).await {
                Some(bytes) => crypto::sha256_hex(&bytes).await,
                None => None,
            };
            // The page may be gone.
            compared.try_set(Some(Compared::of(&digest, of_file)));
        });
    };
    let said = move || {
        compared.get().map(|compared| {
            view! { <Icon symbol=compared.symbol() /> {move || compared.words(i18n.get_locale())} }
        })
    };
    view! {
        <div class="field">
            <label for="proof_file">{t!(i18n, credit_bank.proof_compare)}</label>
            <input
                id="proof_file"
                type="file"
                accept=".pdf,application/pdf"
                // The same file can be chosen again.
                on:click:target=|event| event.target().set_value("")
                on:change=choose
            />
            <p role="status">{said}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_the_same_to_the_last_bit_or_it_is_not() {
        assert_eq!(Compared::of("ab", Some("ab".to_owned())), Compared::Same);
        assert_eq!(Compared::of("ab", Some("ac".to_owned())), Compared::Different);
        assert_eq!(Compared::of("ab", None), Compared::Unreadable);
    }
}
