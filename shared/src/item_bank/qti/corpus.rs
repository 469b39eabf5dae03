//! The interpreter against the expectations of others, read in place.

use super::{
    value::{Atom, boolean, integer},
    *,
};
use serde_json::Value as Json;
use std::{fs, path::PathBuf};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/qti")
}

fn cases() -> Json {
    serde_json::from_str(&text("cases.json")).unwrap()
}

fn text(name: &str) -> String {
    fs::read_to_string(folder().join(name)).expect("the corpus lies beside the project")
}

fn tree(name: &str) -> Element {
    names::as_in_2(xml::parse(&text(name)).unwrap_or_else(|error| panic!("{name}: {error:?}")))
}

/// What a candidate answered, as a case or its result file says.
fn responses(case: &Json) -> Responses {
    if let Some(given) = case["responses"].as_object() {
        let texts = |value: &Json| match value {
            Json::Array(many) => many.iter().map(|one| one.as_str().unwrap().to_owned()).collect(),
            one => vec![one.as_str().unwrap().to_owned()],
        };
        return given.iter().map(|(name, value)| (name.clone(), texts(value))).collect();
    }
    let result = tree(case["result_file"].as_str().unwrap());
    let mut variables = Vec::new();
    result.find_all(&|name| name == "responseVariable", &mut variables);
    let values = |variable: &Element| {
        let response = variable.child("candidateResponse").unwrap();
        response.all("value").map(|value| value.text().trim().to_owned()).filter(|text| !text.is_empty()).collect()
    };
    variables.iter().map(|variable| (variable.attribute("identifier").unwrap().to_owned(), values(variable))).collect()
}

#[test]
fn items_give_the_points_that_others_expect() {
    let mut count = 0;
    for case in cases()["item_scoring"].as_array().unwrap() {
        let name = case["item"].as_str().unwrap();
        let processor = Processor::read(&tree(name)).unwrap_or_else(|misfit| panic!("{name}: {misfit:?}"));
        let machine = processor.process(&responses(case)).unwrap_or_else(|misfit| panic!("{name}: {misfit:?}"));
        for (outcome, expected) in case["expect"].as_object().unwrap() {
            let found = machine.variables[outcome].value.atoms().first().and_then(Atom::number);
            assert_eq!(found, expected.as_f64(), "{name} {outcome} {case}");
        }
        count += 1;
    }
    assert!(count >= 30, "{count}");
}

#[test]
fn values_are_written_as_others_expect() {
    let cases = cases();
    let lexical = &cases["lexical_values"];
    for (text, number) in lexical["integer"]["accept"].as_object().unwrap() {
        assert_eq!(integer(text), number.as_i64(), "{text}");
    }
    for (text, is_true) in lexical["boolean"]["accept"].as_object().unwrap() {
        assert_eq!(boolean(text), is_true.as_bool(), "{text}");
    }
    let refused = |name: &str| lexical[name]["refuse"].as_array().unwrap().clone();
    assert!(refused("integer").iter().all(|text| integer(text.as_str().unwrap()).is_none()));
    assert!(refused("boolean").iter().all(|text| boolean(text.as_str().unwrap()).is_none()));
}

#[test]
fn what_is_written_is_bound_as_others_expect() {
    for case in cases()["text_entry_binding"].as_array().unwrap() {
        let item = tree(case["item"].as_str().unwrap());
        let mut interactions = Vec::new();
        item.find_all(&|name| name == "textEntryInteraction", &mut interactions);
        let name = interactions[0].attribute("responseIdentifier").unwrap();
        let given = Responses::from([(name.to_owned(), vec![case["input"].as_str().unwrap().to_owned()])]);
        let mut machine = Processor::read(&item).unwrap().machine;
        machine.variables.get_mut(name).unwrap().answer(&given[name]);
        let as_json = |atom: &Atom| match atom {
            Atom::Text(text) => Json::from(text.as_str()),
            Atom::Integer(number) => Json::from(*number),
            Atom::Float(number) => Json::from(*number),
            other => panic!("{other:?}"),
        };
        let found = match &machine.variables[name].value {
            Value::One(atom) => as_json(atom),
            Value::Record(fields) => fields.iter().map(|(name, atom)| (name.clone(), as_json(atom))).collect(),
            other => panic!("{other:?}"),
        };
        assert_eq!(found, case["expect"]["response"], "{case}");
    }
}

#[test]
fn every_item_of_the_corpus_is_read_or_says_why_not() {
    let (mut read, mut reported) = (0, 0);
    for part in
        ["qtiworks/WebDeveloperTest1", "qtiworks/tests", "qtiworks/regressions", "citolab/30/item", "citolab/2x/item"]
    {
        for entry in fs::read_dir(folder().join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "xml") {
                continue;
            }
            let parsed = parse_qti(&fs::read_to_string(&path).unwrap());
            println!("{}: {:?} {:?}", path.display(), parsed.errors, parsed.losses);
            assert_eq!(parsed.items.len() + parsed.errors.len(), 1, "{path:?}");
            read += parsed.items.len();
            reported += parsed.errors.len();
        }
    }
    println!("read {read}, reported {reported}");
    assert!(read >= 10 && reported >= 5, "{read} {reported}");
    let ill_formed = parse_qti(&text("qtiworks/reading/illformed.xml"));
    assert_eq!(ill_formed.errors[0].code, "bad_xml");
}
