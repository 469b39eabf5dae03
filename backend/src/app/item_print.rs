//! Items of the bank with their keys, printed: as the marking scheme of a paper is, without points.

use super::paper_print::{TEMPLATE, filled, item_data, kind_name, pictures, text};
use crate::{
    credit_bank::Printer,
    identity,
    item_bank::{ItemPrinter, PrintableItems, PrintedItem},
    platform::{
        Services,
        error::AppResult,
        words::{moment, word},
    },
};
use futures::future::LocalBoxFuture;
use serde_json::{Value, json};
use shared::{
    item_bank::{ALL_OF_THEM, Descriptor},
    papers::runs_of_kinds,
};
use std::sync::Arc;

/// Prints items by the printer of certificates.
pub(super) struct ItemPrints {
    cx: Services,
    printer: Arc<Printer>,
}

impl ItemPrints {
    /// By this printer.
    pub(super) const fn new(cx: Services, printer: Arc<Printer>) -> Self {
        Self { cx, printer }
    }

    async fn document(&self, items: PrintableItems) -> AppResult<Vec<u8>> {
        let at = self.cx.clock.now();
        let printed_by = identity::name_of(&self.cx, items.printed_by).await?;
        let sections = sections(&items.items);
        let (places, pictures) = pictures(&self.cx, &sections).await?;
        let date = at.date_in_china();
        let ident = format!("items of {} {} {at}", items.course_title, items.printed_by);
        let data = json!({
            "what": "scheme",
            "sheet": text("print_items"),
            "title": items.course_title,
            "issuer": word("own_data.issuer"),
            "secret": "",
            "sections": sections,
            "key_label": text("print_key_label"),
            "picture": text("print_picture"),
            "pictures": places,
            "page": word("own_data.page"),
            "printed": filled("print_by", &[("name", printed_by), ("at", moment(at))]),
            "date": [date.year(), date.month(), date.day()],
        });
        self.printer.clone().set_with(TEMPLATE, data, vec![("/pictures.bin", pictures)], ident).await
    }
}

impl ItemPrinter for ItemPrints {
    fn print(&self, items: PrintableItems) -> LocalBoxFuture<'_, AppResult<Vec<u8>>> {
        Box::pin(self.document(items))
    }
}

/// Items of one kind that follow each other stand below its name.
fn sections(items: &[PrintedItem]) -> Vec<Value> {
    let kinds: Vec<_> = items.iter().map(|printed| printed.item.body.kind()).collect();
    let section = |run: std::ops::Range<usize>| {
        let title = kinds.get(run.start).map_or("", |kind| kind_name(*kind));
        let numbered = (run.start + 1..).zip(items.get(run).unwrap_or_default());
        let shown: Vec<_> = numbered.map(|(number, printed)| item(number, printed)).collect();
        json!({ "title": title, "instructions": "", "items": shown })
    };
    runs_of_kinds(&kinds).into_iter().map(section).collect()
}

fn item(number: usize, printed: &PrintedItem) -> Value {
    let mut item = item_data(number, (&printed.item, None), true);
    if let (Some(rules), Some(said)) = (item["rules"].as_array_mut(), &printed.descriptor) {
        rules.push(json!({ "label": text("print_descriptor"), "text": xml_of(&said_of(said)) }));
    }
    item
}

/// What is said of an item, on one line.
fn said_of(said: &Descriptor) -> String {
    let difficulty = match said.difficulty {
        ALL_OF_THEM => "1".to_owned(),
        share => format!("0.{share:03}"),
    };
    let ability = word(&format!("item_bank.{}", said.ability));
    let said = [said.module.as_str(), &said.knowledge_point, ability, &difficulty];
    said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" \u{b7} ")
}

/// A text as the template reads it.
fn xml_of(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::item_bank::{Ability, Item, ItemBody};

    fn printed(key: bool, descriptor: Option<Descriptor>) -> PrintedItem {
        let body = ItemBody::TrueFalse { key };
        PrintedItem {
            item: Item { schema_version: 1, stem: "S".to_owned(), body, explanation: "E".to_owned() },
            descriptor,
        }
    }

    #[test]
    fn items_stand_with_their_keys_and_what_is_said_of_them() {
        let said = Descriptor {
            module: "A & B".to_owned(),
            knowledge_point: String::new(),
            ability: Ability::Recall,
            difficulty: 650,
            enemies: String::new(),
        };
        let data = sections(&[printed(true, Some(said)), printed(false, None)]);
        assert_eq!(data.len(), 1);
        let items = data[0]["items"].as_array().unwrap();
        assert_eq!((&items[1]["number"], &items[1]["worth"]), (&json!(2), &json!("")));
        assert_eq!(items[0]["key"], json!([text("print_right")]));
        let rules = items[0]["rules"].as_array().unwrap();
        let told = rules.last().unwrap()["text"].as_str().unwrap();
        assert!(told.starts_with("A &amp; B") && told.ends_with("0.650"), "{told}");
        assert_eq!(items[1]["rules"].as_array().unwrap().len(), 1, "the explanation");
        assert!(["print_items", "print_descriptor"].into_iter().all(|key| !text(key).is_empty()));
    }
}
