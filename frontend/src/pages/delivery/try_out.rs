//! Before the day of a test: whether this device will do, and how items are answered, with items that are of no test. It needs
//! no log-in, so that it can be tried at a device of the room, too.

use super::{
    paper::PaperItem,
    text_size::{TextSize, TextSizeButtons},
    tried_paper::TriedPaper,
    vault::{Place, Vault},
    waiting_room::Check,
};
use crate::{
    i18n::{Locale, t, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{crypto, offline_app},
    ui::{Card, Notice, PageHeading, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::A;
use shared::{
    ids::{ItemId, SittingId},
    item_bank::{EssayLength, ItemKind, ItemView},
    papers::PackagedTools,
    points::Points,
};
use uuid::Uuid;

lazy_page! {
    /// Lets anybody try how a test is answered.
    TryOutPage = TryOut in exam;
}

#[component]
fn TryOut() -> impl IntoView {
    let i18n = use_i18n();
    let size = TextSize::kept(false);
    let paper = move || {
        let locale = i18n.get_locale();
        let title = td_string!(locale, delivery.try_paper).to_owned();
        view! { <TriedPaper title items=samples(locale) tools=PackagedTools::default() /> }
    };
    view! {
        <main class="page stack">
            <PageHeading text=words(|locale| td_string!(locale, delivery.try_title)) />
            <p>{t!(i18n, delivery.try_lead)}</p>
            <DeviceChecks />
            <TextSizeButtons size />
            <div class="stack" data-text-size=move || size.step()>{paper}</div>
            <p class="lone"><A href="/sit">{t!(i18n, delivery.try_to_sit)}</A></p>
        </main>
    }
}

/// What a device must be able to do on the day.
#[component]
fn DeviceChecks() -> impl IntoView {
    let i18n = use_i18n();
    let (keeps, opens) = (RwSignal::new(None::<bool>), RwSignal::new(None::<bool>));
    spawn_local(async move {
        keeps.try_set(Some(keeps_what_is_written().await));
        opens.try_set(Some(offline_app::keep().await));
    });
    let is = move |known: RwSignal<Option<bool>>, wanted: bool| Signal::derive(move || known.get() == Some(wanted));
    let unseals = RwSignal::new(Some(crypto::is_there()));
    let lacks = move || keeps.get() == Some(false) || unseals.get() == Some(false);
    view! {
        <Card title=words(|locale| td_string!(locale, delivery.try_device))>
            <ul class="rows">
                <Check is_ready=is(keeps, true) is_missing=is(keeps, false)>{t!(i18n, delivery.ready_store)}</Check>
                <Check is_ready=is(unseals, true) is_missing=is(unseals, false)>{t!(i18n, delivery.try_unseals)}</Check>
                <Check is_ready=is(opens, true) is_missing=is(opens, false)>{t!(i18n, delivery.ready_app)}</Check>
            </ul>
            <Show when=lacks>
                <Notice tone=Tone::Stop>{t!(i18n, delivery.try_other_device)}</Notice>
            </Show>
        </Card>
    }
}

/// Whether the browser's store takes what is written; under the name of a sitting that there is not.
async fn keeps_what_is_written() -> bool {
    match Vault::open().await {
        Ok(vault) => vault.keep_place(SittingId(Uuid::nil()), &Place::default()).await.is_ok(),
        Err(_) => false,
    }
}

/// One item of each kind that most papers have.
fn samples(locale: Locale) -> Vec<PaperItem> {
    let single = [
        td_string!(locale, delivery.try_single_a),
        td_string!(locale, delivery.try_single_b),
        td_string!(locale, delivery.try_single_c),
    ];
    let multiple = [
        td_string!(locale, delivery.try_multiple_a),
        td_string!(locale, delivery.try_multiple_b),
        td_string!(locale, delivery.try_multiple_c),
        td_string!(locale, delivery.try_multiple_d),
    ];
    vec![
        sample(1, ItemKind::SingleChoice, td_string!(locale, delivery.try_single), &single),
        sample(2, ItemKind::MultipleChoice, td_string!(locale, delivery.try_multiple), &multiple),
        sample(3, ItemKind::TrueFalse, td_string!(locale, delivery.try_true_false), &[]),
        sample(4, ItemKind::FillIn, td_string!(locale, delivery.try_fill_in), &[]),
        sample(5, ItemKind::ShortAnswer, td_string!(locale, delivery.try_short_answer), &[]),
    ]
}

/// The words are the app's own, without marks of HTML.
fn sample(number: u128, kind: ItemKind, stem: &str, options: &[&str]) -> PaperItem {
    let view = ItemView {
        kind,
        stem_html: format!("<p>{stem}</p>"),
        options_html: options.iter().map(|option| (*option).to_owned()).collect(),
        blanks: u16::from(kind == ItemKind::FillIn),
        is_partial: false,
        wants_unit: false,
        lefts_html: Vec::new(),
        pieces_html: Vec::new(),
        menus: Vec::new(),
        length: EssayLength::default(),
        parts: Vec::new(),
    };
    let order = (0..).take(options.len()).collect();
    let id = ItemId(Uuid::from_u128(number));
    PaperItem {
        id,
        points: Points::whole(2),
        view,
        order,
        part_orders: Vec::new(),
        section: None,
        closes_after_min: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_sample_has_its_place_and_its_options() {
        for locale in [Locale::zh_CN, Locale::en] {
            let items = samples(locale);
            assert!(items.iter().all(|item| item.order.len() == item.view.options_html.len()));
            assert_eq!(items.iter().map(|item| item.id).collect::<BTreeSet<_>>().len(), 5);
        }
    }
}
