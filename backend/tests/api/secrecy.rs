//! What nobody may read too early: everybody asks every operation of the API for every id of a
//! test, before it, during it and after it.

use crate::{
    blueprints,
    exam_rooms::Day,
    exam_world::{DURATION_MIN, Device, SECRET, STEM, World},
    support::{Client, NO_ID, Operation, Store, TEXT, TestApp, db_tests, examples, execute, is_whole_run, send, words},
};
use backend::platform::crypto;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Method;
use serde_json::{Value, json};
use shared::{
    delivery::ContentKey,
    item_bank::{ItemKind, Response},
    papers::PaperPackage,
    rights::Role,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Properties of an item that no candidate's device knows.
const KEYS: &[&str] = &[
    "key",
    "keys",
    "rubric",
    "explanation",
    "accepted",
    "dimensions",
    "steps",
    "children",
    "tolerance",
    "units",
    "scored",
];

/// What a leak is called that is an item with its key, whatever its words.
const KEYED: &str = "an item with its key";

/// A thing that may be asked for: the word of its kind in a path, and its id.
type Named = (&'static str, String);

/// One who asks: their role (none: a stranger) and their device.
type Asker = (Option<Role>, Client);

/// A text that an operation gave away, and to whom.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Leak {
    role: Option<Role>,
    operation: String,
    text: &'static str,
}

// One store is enough for whoever asks everything: what is shown is decided above the stores.
#[actix_web::test]
async fn before_the_start_the_words_of_an_item_are_shown_to_its_author_alone() {
    let app = TestApp::start(Store::sqlite().await).await;
    let Day { world, site, .. } = Day::armed(&app, 2).await;
    let reviewer = app.staff("wei", Role::ItemReviewer, "33").await;
    let quoting = json!({ "text": format!("{STEM}: {SECRET}") });
    reviewer.post(&format!("/api/v1/items/{}/comments", world.items[0]), &quoting).await.expect(201);
    let room = site.room.as_str().unwrap().to_owned();
    let things = [ids(&world), drawn(&world).await, vec![("rooms", room.clone()), ("exam_rooms", room)]].concat();
    let askers = askers(&app, &world, Role::ALL).await;
    // Each staff asks each operation in a whole run, and of four in a row one in a usual one; who sits the test, all of them.
    let by_turns = |operation: usize, asker: usize| {
        let is_staff = askers[asker].0.is_some_and(|role| role != Role::Learner);
        is_whole_run() || !is_staff || (operation + asker).is_multiple_of(4)
    };
    assert_eq!(sweep_where(by_turns, &askers, &things, &[STEM, SECRET]).await, BTreeSet::new());

    // The sweep opens no sitting: who does is told that it is too early, and no word of what is asked.
    let opening = json!({ "device": Uuid::from_u128(1), "take_over": false });
    for (role, client) in &askers {
        for candidate in 0..world.candidates.len() {
            let said = words(&client.post(&world.path(candidate, "open"), &opening).await);
            assert!(!said.contains(STEM) && !said.contains(SECRET), "{role:?}: {said}");
            let key = serde_json::from_str::<Value>(&said).is_ok_and(|said| holds_key(&said));
            assert!(!key, "{role:?}: {said}");
        }
    }

    let author = (Some(Role::ItemAuthor), app.staff("wrote-them", Role::ItemAuthor, "33").await);
    execute(&app, "UPDATE item SET created_by = (SELECT id FROM account WHERE login_name = 'wrote-them')").await;
    let leaks = sweep(&[author], &things, &[STEM, SECRET]).await;
    let seen = |text| leaks.iter().any(|leak| leak.operation == "see_item" && leak.text == text);
    assert!(seen(STEM) && seen(SECRET), "the sweep finds what is there: {leaks:?}");
    assert!(seen(KEYED), "the sweep knows a key that it sees: {leaks:?}");
}

#[actix_web::test]
async fn a_key_never_leaves_the_item_bank() {
    let app = TestApp::start(Store::sqlite().await).await;
    let mut world = World::armed(&app, 2).await.started(&app).await;
    let mut device = Device::open(&world, 0, 1, false).await;
    let entries = [device.answer(&world, 0, 0), device.write(world.items[3], Response::Text("because".to_owned()), 9)];
    device.send(&world, &entries).await.expect(200);
    let opened = Device::opened(&world, 0, 1, false).await.expect(200);
    assert!(!opened.to_string().contains(SECRET) && !holds_key(&opened), "{opened}");
    assert_no_key_leaks(&app, &world, &[]).await;
    device.submit(&world).await.expect(200);
    world.later(&app, i64::from(DURATION_MIN) * 60 + 31).await;
    world.settle(&app).await;
    world.later(&app, 600).await;
    world.settle(&app).await;
    let claims = format!("/api/v1/exam_sessions/{}/marking_claims", world.exam_session_id);
    let work = world.marker.post(&claims, &json!({})).await.expect(200);
    let task = work["tasks"][0]["id"].as_str().unwrap();
    let mut further = vec![("marking_tasks", task.to_owned())];
    // Who leads the marking sees what is marked by, and that is noted.
    let staff = [Role::Teacher, Role::Invigilator, Role::MarkingHead];
    let things = [ids(&world), further.clone()].concat();
    let leaks = sweep(&askers(&app, &world, &staff).await, &things, &[SECRET]).await;
    let is_noted = |leak: &Leak| leak.role == Some(Role::MarkingHead) && leak.operation == "see_rubric";
    assert!(!leaks.is_empty() && leaks.iter().all(is_noted), "{leaks:?}");

    let mark = format!("/api/v1/marking_tasks/{task}/mark");
    world.marker.post(&mark, &json!({ "points": 300 })).await.expect(204);
    for administrator in 0..2 {
        world.step("release", administrator).await.expect(200);
    }
    let ask = format!("/api/v1/me/results/{}/recheck", world.sitting(0));
    world.candidates[0].client.post(&ask, &json!({})).await.expect(200);
    let rechecks = world.administrators[0].get("/api/v1/rechecks").await.expect(200);
    further.push(("rechecks", rechecks["items"][0]["id"].as_str().unwrap().to_owned()));
    assert_no_key_leaks(&app, &world, &further).await;
}

db_tests! {
    async fn the_opened_package_holds_questions_and_no_keys(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let paper_id = world.paper_id.as_str().unwrap();
        let sealed = app.stranger().get(&format!("/api/v1/papers/{paper_id}/package")).await.bytes;
        let key = world.candidates[0].client.get(&world.path(0, "key")).await.expect(200);
        let key: ContentKey = serde_json::from_value(key).unwrap();
        let key = URL_SAFE_NO_PAD.decode(key.key).unwrap().try_into().unwrap();
        let plain = crypto::decrypt(&key, paper_id.as_bytes(), &sealed).unwrap();
        let text = String::from_utf8(plain).unwrap();
        assert!(text.contains(STEM) && !text.contains(SECRET), "{text}");
        let package: PaperPackage = serde_json::from_str(&text).unwrap();
        assert_eq!(package.items.len(), world.items.len());
        let json = serde_json::from_str(&text).unwrap();
        let names = property_names(&json);
        assert!(KEYS.iter().all(|key| !names.contains(*key)), "{names:?}");
    }
}

/// Nobody who reads no items gets a word of a key, of the test or of what else there is by now.
async fn assert_no_key_leaks(app: &TestApp, world: &World, further: &[Named]) {
    let things = [ids(world).as_slice(), further].concat();
    for path in ["/metrics", "/api/v1/openapi.json", "/.well-known/did.json"] {
        let shown = words(&app.stranger().get(path).await);
        assert!(!shown.contains(SECRET) && !shown.contains(STEM), "{path}");
    }
    let staff = [
        Role::Teacher,
        Role::CreditBankOfficer,
        Role::CityAuditor,
        Role::ProvinceOffice,
        Role::SiteHead,
        Role::Invigilator,
        Role::Inspector,
        Role::ItemAuthor,
    ];
    assert_eq!(sweep(&askers(app, world, &staff).await, &things, &[SECRET]).await, BTreeSet::new());
    // A marker marks by the rubric.
    let leaks = sweep(&[(Some(Role::Marker), world.marker.clone())], &things, &[SECRET]).await;
    assert!(leaks.iter().all(|leak| leak.operation == "claim_responses"), "{leaks:?}");
    // And who leads the marking sees it by a look that is noted, not in a list.
    let leaks = sweep(&askers(app, world, &[Role::MarkingHead]).await, &things, &[SECRET]).await;
    assert_eq!(leaks, BTreeSet::new());
}

/// A stranger, the candidates, a learner without a sitting, and one of each of these kinds of staff.
async fn askers(app: &TestApp, world: &World, staff: &[Role]) -> Vec<Asker> {
    let n = app.cx.ids.uuid().simple().to_string();
    let mut askers = vec![(None, app.stranger()), (Some(Role::Learner), app.learner(&format!("outside-{n}")).await.1)];
    for candidate in &world.candidates {
        askers.push((Some(Role::Learner), candidate.client.clone()));
    }
    for role in staff.iter().filter(|role| **role != Role::Learner) {
        askers.push((Some(*role), app.staff(&format!("{role}-{n}"), *role, "33").await));
    }
    askers
}

/// Every thing that the test has.
fn ids(world: &World) -> Vec<Named> {
    let mut ids = vec![("courses", world.course_id.to_string()), ("exam_sessions", world.exam_session_id.to_string())];
    ids.push(("papers", world.paper_id.as_str().unwrap().to_owned()));
    ids.push(("items", world.items[0].to_string()));
    ids.extend((0..world.candidates.len()).map(|candidate| ("sittings", world.sitting(candidate).to_string())));
    ids
}

/// A blueprint of the course, and what was drawn by it while the test's items are closed.
async fn drawn(world: &World) -> Vec<Named> {
    let composer = &world.administrators[0];
    let blueprint = blueprints::write(composer, &blueprints::blueprint(world, 2)).await;
    let assembly = blueprints::draw(composer, &blueprint, 1, 1).await.expect(201);
    let id = blueprint.rsplit('/').next().unwrap().to_owned();
    vec![("blueprints", id), ("assemblies", assembly["id"].as_str().unwrap().to_owned())]
}

/// What may stand where the path of an operation wants ids, in order: things of the kind that is named before the place;
/// of another kind one is enough, since there is no such thing.
fn meant(operation: &Operation, things: &[Named]) -> Vec<Vec<String>> {
    let parts: Vec<_> = operation.path.split('/').collect();
    let mut meant = vec![Vec::new()];
    for place in parts.windows(2).filter(|place| place[1].starts_with('{')) {
        let of_kind = things.iter().filter(|(kind, _)| *kind == place[0]);
        let mut fit: Vec<_> = of_kind.map(|(_, id)| id.clone()).collect();
        if place[1] == "{index}" {
            fit = vec!["0".to_owned()];
        } else if fit.is_empty() {
            fit = vec![things[0].1.clone()];
        }
        let with_each = |before: &Vec<String>| -> Vec<Vec<String>> {
            fit.iter().map(|id| before.iter().chain([id]).cloned().collect()).collect()
        };
        meant = meant.iter().flat_map(with_each).collect();
    }
    meant
}

/// Asks everything, and finds which of `texts`, and which keys, came back where.
async fn sweep(askers: &[Asker], things: &[Named], texts: &[&'static str]) -> BTreeSet<Leak> {
    sweep_where(|_, _| true, askers, things, texts).await
}

/// The same of what is to be asked, by the numbers of operation and asker.
async fn sweep_where(
    is_asked: impl Fn(usize, usize) -> bool,
    askers: &[Asker],
    things: &[Named],
    texts: &[&'static str],
) -> BTreeSet<Leak> {
    let document = serde_json::to_value(backend::app::openapi()).unwrap();
    let schemas = &document["components"]["schemas"];
    let mut leaks = BTreeSet::new();
    for (nth, operation) in Operation::all().iter().filter(|operation| is_harmless(operation)).enumerate() {
        let asking: Vec<_> = (0..askers.len()).filter(|asker| is_asked(nth, *asker)).collect();
        for (path, body) in questions(operation, things, schemas) {
            let asked = asking.iter().map(|asker| {
                let (role, client) = &askers[*asker];
                ask(client, *role, operation, (&path, &body))
            });
            for (role, said) in futures::future::join_all(asked).await {
                let mut found: Vec<_> = texts.iter().copied().filter(|text| said.contains(text)).collect();
                found.extend(serde_json::from_str::<Value>(&said).is_ok_and(|said| holds_key(&said)).then_some(KEYED));
                leaks.extend(found.into_iter().map(|text| Leak { role, operation: operation.name.clone(), text }));
            }
        }
    }
    leaks
}

/// How an operation is asked for these things: by its path or its query, and by a body that is made up from the API's
/// own document.
fn questions(operation: &Operation, things: &[Named], schemas: &Value) -> Vec<(String, Value)> {
    let example = operation.body().map(|schema| examples(schema, schemas).remove(0).to_string().replace(TEXT, "核对"));
    let body_of = |id: &str| match &example {
        Some(example) => serde_json::from_str(&example.replace(NO_ID, id)).unwrap(),
        None => json!({}),
    };
    if operation.path.contains('{') {
        return meant(operation, things).iter().map(|ids| (operation.path_of(ids), body_of(&ids[0]))).collect();
    }
    let ids: Vec<_> = things.iter().map(|(_, id)| id.clone()).collect();
    match &example {
        Some(_) => ids.iter().map(|id| (operation.path.clone(), body_of(id))).collect(),
        None => operation.paths(&ids).into_iter().map(|path| (path, json!({}))).collect(),
    }
}

/// Whether an item stands somewhere in a reply as its author wrote it, key and all.
fn holds_key(said: &Value) -> bool {
    match said {
        Value::Object(fields) => {
            let kind = fields.get("kind").and_then(Value::as_str).and_then(ItemKind::parse);
            let has_key =
                ["key", "rubric", "dimensions", "steps", "children"].iter().any(|name| fields.contains_key(*name));
            let has_blanks = fields.get("blanks").is_some_and(Value::is_array);
            (kind.is_some() && (has_key || has_blanks)) || fields.values().any(holds_key)
        }
        Value::Array(values) => values.iter().any(holds_key),
        _ => false,
    }
}

/// Everything but what would end a log-in or move the test on, and what goes on telling until one leaves; those replies
/// hold no items, and the stories of the other tests read them.
fn is_harmless(operation: &Operation) -> bool {
    let moves_on =
        ["arrange", "arm", "release", "open", "publish", "seal", "submit", "cancel", "discard", "retire", "follow"];
    let name = operation.name.as_str();
    !name.contains("login") && !name.contains("log_in") && !moves_on.iter().any(|step| name.starts_with(step))
}

async fn ask(
    client: &Client,
    role: Option<Role>,
    operation: &Operation,
    (path, body): (&str, &Value),
) -> (Option<Role>, String) {
    let request = client.request(operation.method.clone(), path);
    let request = if operation.method == Method::GET { request } else { request.json(body) };
    (role, words(&send(request).await))
}

fn property_names(value: &Value) -> BTreeSet<&str> {
    match value {
        Value::Object(object) => {
            let below = object.values().flat_map(property_names);
            object.keys().map(String::as_str).chain(below).collect()
        }
        Value::Array(values) => values.iter().flat_map(property_names).collect(),
        _ => BTreeSet::new(),
    }
}
