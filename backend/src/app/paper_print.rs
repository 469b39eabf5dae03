//! A paper with its answer sheet, its key or its marking scheme, printed.

mod item;

pub(super) use item::item_data;

use crate::{
    access::Actor,
    credit_bank::{PRINTS, Printer},
    identity, learning, media,
    papers::{self, PrintablePaper, SealedItem},
    platform::{
        Services,
        error::AppResult,
        http::Body,
        markdown::{as_xml, pictures_in, render},
        words::{moment, word},
    },
};
use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION},
    post,
    web::{Data, Path},
};
use serde_json::{Map, Value, json};
use shared::{
    ids::PaperId,
    item_bank::ItemKind,
    media::picture_path,
    papers::{PaperSection, PaperSheet, PrintPaper, runs_of_kinds},
    points::Points,
    problem::Problem,
    time::Timestamp,
};
use std::{collections::BTreeSet, ops::Range};

/// How it is set.
pub(super) const TEMPLATE: &str = include_str!("paper_print/paper.typ");
/// What a candidate fills in.
const FIELDS: [&str; 4] = ["print_name", "print_ticket", "print_site", "print_seat"];
/// What a candidate is told first.
const NOTES: [&str; 3] = ["print_note_sheet", "print_note_pen", "print_note_end"];

/// A paper with its answer sheet, its key, or its marking scheme (PDF). A POST, because each print is noted. 503 says
/// why, if this machine has no Chinese font.
#[utoipa::path(tag = "papers", params(("id" = PaperId, Path)), request_body = PrintPaper, responses(
    (status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem),
    (status = 429, body = Problem), (status = 503, body = Problem)))]
#[post("/papers/{id}/prints")]
pub(super) async fn print_paper(
    actor: Actor,
    cx: Data<Services>,
    printer: Data<Printer>,
    id: Path<PaperId>,
    body: Body<PrintPaper>,
) -> AppResult<HttpResponse> {
    PRINTS.take(&cx, actor.account_id).await?;
    let (sheet, at) = (body.0.sheet, cx.clock.now());
    let (permit, paper) = papers::printable(&cx, &actor, *id).await?;
    let (data, pictures) = document(&cx, &actor, &paper, (sheet, at)).await?;
    let files = vec![("/pictures.bin", pictures)];
    let pdf = printer.into_inner().set_with(TEMPLATE, data, files, format!("{} {sheet} {at}", *id)).await?;
    papers::note_print(&cx, &permit, sheet).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{sheet}.pdf\"")))
        .content_type("application/pdf")
        .body(pdf))
}

pub(super) fn text(key: &str) -> &'static str {
    word(&format!("papers.{key}"))
}

/// A text with what differs from paper to paper.
pub(super) fn filled(key: &str, values: &[(&str, String)]) -> String {
    values.iter().fold(text(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{{ {name} }}}}"), value))
}

/// What candidates read before they begin.
fn notes(paper: &PrintablePaper) -> Vec<&'static str> {
    let is_tried = paper.items.iter().any(|item| item.trial_points.is_some());
    NOTES.into_iter().chain(is_tried.then_some("print_note_trial")).map(text).collect()
}

/// Markdown as the template reads it.
fn drawn(markdown: &str) -> String {
    as_xml(&render(markdown))
}

/// What the template needs, and all pictures in one file.
async fn document(
    cx: &Services,
    actor: &Actor,
    paper: &PrintablePaper,
    (sheet, at): (PaperSheet, Timestamp),
) -> AppResult<(Value, Vec<u8>)> {
    let course = learning::course(cx, paper.course_id).await?;
    let names = identity::names_of(cx, &[actor.account_id]).await?;
    let printed_by = names.get(&actor.account_id).cloned().unwrap_or_default();
    let sections = sections(paper, sheet);
    let (places, pictures) = pictures(cx, &sections).await?;
    let date = at.date_in_china();
    let total: Points = paper.items.iter().map(|item| item.points).sum();
    let counts = [("items", paper.items.len().to_string()), ("points", total.to_string())];
    let data = json!({
        "what": sheet,
        "sheet": text(&format!("print_{sheet}")),
        "title": paper.title,
        "course": course.title,
        "issuer": word("own_data.issuer"),
        "secret": text("print_secret"),
        "facts": filled("print_facts", &counts),
        "fields": FIELDS.map(text),
        "notes_title": text("print_notes"),
        "notes": notes(paper),
        "sections": sections,
        "end": text("print_end"),
        "formula_title": text("tools_sheet"),
        "formula_sheet": drawn(&paper.formula_sheet),
        "answer_sheet": text("print_answer_sheet"),
        "answer_notes": text("print_answer_notes"),
        "truth": [text("print_right"), text("print_wrong")],
        "columns": [text("print_number"), text("print_key"), text("item_points")],
        "key_label": text("print_key_label"),
        "picture": text("print_picture"),
        "pictures": places,
        "page": word("own_data.page"),
        "printed": filled("print_by", &[("name", printed_by), ("at", moment(at))]),
        "date": [date.year(), date.month(), date.day()],
    });
    Ok((data, pictures))
}

/// The parts of a paper; without any, items of one kind that follow each other are one.
fn sections(paper: &PrintablePaper, sheet: PaperSheet) -> Vec<Value> {
    let kinds: Vec<_> = paper.items.iter().map(|item| item.item.body.kind()).collect();
    let told: Vec<String> = paper.sections.iter().map(told_of_part).collect();
    let named: Vec<_> = if paper.sections.is_empty() {
        let name = |run: &Range<usize>| kinds.get(run.start).map_or("", |kind| kind_name(*kind));
        runs_of_kinds(&kinds).into_iter().map(|run| (name(&run), "", run)).collect()
    } else {
        let mut next = 0;
        let run = |section: &PaperSection| {
            let first = next;
            next += section.items();
            first..next
        };
        let runs: Vec<_> = paper.sections.iter().map(run).collect();
        let titles = paper.sections.iter().zip(&told).map(|(section, told)| (section.title.as_str(), told.as_str()));
        titles.zip(runs).map(|((title, instructions), run)| (title, instructions, run)).collect()
    };
    let items = |run: &Range<usize>| paper.items.get(run.clone()).unwrap_or_default();
    let section = |(title, instructions, run): (&str, &str, Range<usize>)| {
        let has_keys = sheet != PaperSheet::Paper;
        let numbered = (run.start + 1..).zip(items(&run));
        // Candidates are not to tell what is tried from what counts; who marks is.
        let worth = |item: &SealedItem| if has_keys { item.points } else { item.shown_points() };
        let numbered = numbered.map(|(number, item)| item_data(number, (&item.item, Some(worth(item))), has_keys));
        section_data((title, instructions), items(&run), numbered.collect())
    };
    named.into_iter().map(section).collect()
}

/// What candidates are told of a part: its time first, if it has one of its own.
fn told_of_part(section: &PaperSection) -> String {
    let minutes = section.minutes.map(|minutes| filled("print_part_minutes", &[("minutes", minutes.to_string())]));
    minutes.unwrap_or_default() + &section.instructions
}

fn section_data((title, instructions): (&str, &str), items: &[SealedItem], shown: Vec<Value>) -> Value {
    let points: Points = items.iter().map(|item| item.points).sum();
    let values = [("kind", title.to_owned()), ("count", items.len().to_string()), ("points", points.to_string())];
    json!({ "title": filled("print_section", &values), "instructions": instructions, "items": shown })
}

/// The word of a kind has the name of the kind.
pub(super) fn kind_name(kind: ItemKind) -> &'static str {
    word(&format!("item_bank.{kind}"))
}

/// All pictures of the parts in one file, and for each address where it begins there and how long it is.
pub(super) async fn pictures(cx: &Services, sections: &[Value]) -> AppResult<(Map<String, Value>, Vec<u8>)> {
    let texts = sections.iter().flat_map(texts);
    let hashes: BTreeSet<_> = texts.flat_map(pictures_in).map(str::to_owned).collect();
    let hashes: Vec<_> = hashes.into_iter().collect();
    let (mut places, mut file) = (Map::new(), Vec::new());
    for (sha256, (_, content)) in media::contents(cx, &hashes).await? {
        places.insert(picture_path(&sha256), json!([file.len(), content.len()]));
        file.extend(content);
    }
    Ok((places, file))
}

/// Every text in a value.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text.as_str()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::item_bank::{Item, ItemBody, MultipleRule, body_of_lines};

    /// A choice of one item with a key that is told by its words.
    fn paper() -> PrintablePaper {
        let options = ["甲", "乙"].map(str::to_owned).to_vec();
        let item = Item {
            schema_version: 1,
            stem: "若 $x^2 = 4$".to_owned(),
            body: ItemBody::MultipleChoice { options, key: vec![0, 1], rule: MultipleRule::PartialNoWrong },
            explanation: "SECRET".to_owned(),
        };
        let id = uuid::Uuid::nil();
        let points = Points::whole(2);
        let item_id = shared::ids::ItemId(id);
        let item = SealedItem {
            item_id,
            item_version: 1,
            scorer_version: 1,
            points,
            trial_points: None,
            item,
            pinned: Vec::new(),
            pinned_parts: Vec::new(),
        };
        let course_id = shared::ids::CourseId(id);
        PrintablePaper {
            title: "P".to_owned(),
            course_id,
            sections: Vec::new(),
            items: vec![item],
            formula_sheet: String::new(),
        }
    }

    #[test]
    fn every_word_is_there() {
        let words = ["print_secret", "print_facts", "print_notes", "print_end", "print_answer_sheet", "print_by"];
        let labels = ["print_answer_notes", "print_right", "print_wrong", "print_number", "print_key", "item_points"];
        let of_items = [
            "print_key_label",
            "print_picture",
            "print_section",
            "print_worth",
            "print_see_scheme",
            "print_note_trial",
            "print_part_minutes",
        ];
        let of_rules = ["print_rubric", "print_rule", "print_explanation"];
        let of_essays = ["print_between", "print_least", "print_most", "print_share"];
        let words = [&words[..], &labels, &of_items, &of_rules, &of_essays, &FIELDS, &NOTES].concat();
        assert!(words.into_iter().all(|key| !text(key).is_empty()));
        assert!(PaperSheet::ALL.iter().all(|sheet| !text(&format!("print_{sheet}")).is_empty()));
        assert!(ItemKind::ALL.iter().all(|kind| !kind_name(*kind).is_empty()));
    }

    #[test]
    fn what_candidates_get_holds_no_key() {
        let data = |sheet| Value::from(sections(&paper(), sheet));
        let (shown, scheme) = (data(PaperSheet::Paper), data(PaperSheet::Scheme));
        assert_eq!((&shown[0]["items"][0]["key"], &shown[0]["items"][0]["rules"]), (&json!([]), &json!([])));
        assert!(!shown.to_string().contains("SECRET") && shown.to_string().contains("<msup>"), "{shown}");
        assert_eq!(scheme[0]["items"][0]["key"], json!(["AB"]));
        assert!(scheme.to_string().contains("SECRET"), "{scheme}");
    }

    #[test]
    fn an_essay_has_lines_for_its_length_and_its_dimensions_for_markers_alone() {
        let mut paper = paper();
        paper.items[0].item.body = body_of_lines(ItemKind::Essay, "600-800\n内容 40%: 切题\n语言 60%").unwrap();
        paper.items[0].points = Points::whole(30);
        let data = |sheet| Value::from(sections(&paper, sheet))[0]["items"][0].clone();
        let (shown, scheme) = (data(PaperSheet::Paper), data(PaperSheet::Scheme));
        assert!(shown["worth"].as_str().unwrap().contains("600") && !shown.to_string().contains("切题"), "{shown}");
        assert_eq!(shown["lines"], 44);
        let rules = scheme["rules"].to_string();
        assert!(rules.contains("切题") && rules.contains("12") && rules.contains("18"), "{rules}");
    }

    #[test]
    fn what_a_person_looks_for_in_a_question_on_a_material_is_for_markers_alone() {
        let lines = "(1) 40% x?\n答案：√\n(2) 60%（作文）y?\n答案：\n600-\n内容 50%: 切题\n语言 50%";
        let mut paper = paper();
        paper.items[0].item.body = body_of_lines(ItemKind::Composite, lines).unwrap();
        paper.items[0].points = Points::whole(30);
        let data = |sheet| Value::from(sections(&paper, sheet))[0]["items"][0].clone();
        let (shown, scheme) = (data(PaperSheet::Paper), data(PaperSheet::Scheme));
        assert!(shown["parts"][1]["worth"].as_str().unwrap().contains("600"), "{shown}");
        assert!(!shown.to_string().contains("切题"), "{shown}");
        let (key, rules) = (scheme["key"][1].as_str().unwrap(), scheme["rules"].to_string());
        assert!(key.ends_with(text("print_see_scheme")), "{key}");
        assert!(rules.contains("切题") && rules.contains("(2)") && rules.contains("9"), "{rules}");
    }

    #[test]
    fn parts_number_their_items_on() {
        let part = |title: &str| PaperSection {
            title: title.to_owned(),
            instructions: String::new(),
            blocks: vec![1],
            is_shuffled: true,
            minutes: None,
        };
        let mut paper = paper();
        paper.items.push(paper.items[0].clone());
        paper.sections = vec![PaperSection { minutes: Some(30), ..part("One") }, part("Other")];
        let data = sections(&paper, PaperSheet::Paper);
        assert!(data[0]["instructions"].as_str().unwrap().contains("30"), "how long it may take is printed");
        assert_eq!(data[1]["instructions"], "");
        assert!(data[1]["title"].as_str().unwrap().starts_with("Other"));
        assert_eq!(data[1]["items"][0]["number"], 2);
    }
}
