//! A text that is far too long, from somebody who may do what they ask for: it is refused, with its place and in
//! Chinese, and never stored. One store is enough: what refuses it are rules.

use super::{
    PROBER,
    bodies::Body,
    holds, play,
    rules::{Rule, rule},
    stand::Stand,
    things::Thing,
    world::World,
};
use crate::support::{Operation, Reply, Store, TestApp, refused_places, send};
use reqwest::Method;
use serde_json::{Value, json};
use shared::rights::{Role, RoleAt};
use std::slice::from_ref;

/// Takes a whole file of items as its text, of which none is kept while a line of it is wrong.
const FILE: &str = "import_items";

/// Characters that no text has; a body has room for them.
const FAR_TOO_MANY: usize = 300_000;

/// A role at a place that may do what a rule is about; none if that is for the owner, or for everybody.
fn able(world: &World, rule: &Rule) -> Option<RoleAt> {
    let stands = Role::ALL.iter().flat_map(|role| Stand::ALL.map(|stand| (*role, stand)));
    let mut held = stands.map(|(role, stand)| RoleAt { role, place: stand.place(world) });
    held.find(|held| match rule {
        Rule::One { thing, rights }
        | Rule::Seen { thing, rights }
        | Rule::List { thing, rights }
        | Rule::Receipt { thing, rights } => holds(held, rights, &world.places(*thing)),
        Rule::Anywhere { rights } | Rule::AtHome { rights } => holds(held, rights, from_ref(&held.place)),
        Rule::Open | Rule::OwnList | Rule::NotAsked | Rule::Own(_) => false,
    })
}

const fn thing(rule: &Rule) -> Thing {
    match rule {
        Rule::One { thing, .. }
        | Rule::Seen { thing, .. }
        | Rule::List { thing, .. }
        | Rule::Receipt { thing, .. }
        | Rule::Own(thing) => *thing,
        Rule::Open | Rule::OwnList | Rule::NotAsked | Rule::Anywhere { .. } | Rule::AtHome { .. } => Thing::Nothing,
    }
}

/// Where texts stand in a body.
fn texts(body: &Value, at: &str) -> Vec<String> {
    match body {
        Value::String(_) => vec![at.to_owned()],
        Value::Object(fields) => {
            fields.iter().flat_map(|(name, value)| texts(value, &format!("{at}/{name}"))).collect()
        }
        Value::Array(values) => {
            values.iter().enumerate().flat_map(|(nth, value)| texts(value, &format!("{at}/{nth}"))).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a reply refuses: as a whole, or what was sent in it.
fn is_refused(rule: &Rule, reply: &Reply) -> bool {
    if matches!(rule, Rule::Receipt { .. }) && reply.status == 200 {
        return String::from_utf8_lossy(&reply.bytes).contains("too-long");
    }
    refused_places(reply).is_some_and(|places| reply.status != 422 || !places.is_empty())
}

#[actix_web::test]
async fn a_text_that_is_far_too_long_is_refused() {
    let app = TestApp::start(Store::sqlite().await).await;
    let world = World::build(&app).await;
    let prober = app.person(PROBER, &[RoleAt { role: Role::Teacher, place: Stand::Province.place(&world) }]).await;
    let learner = app.log_in("xueyuan").await;
    let (long, mut asked, mut faults) = ("长".repeat(FAR_TOO_MANY), 0, Vec::new());
    for operation in Operation::all().iter().filter(|operation| operation.method != Method::GET) {
        let rule = rule(&operation.name);
        let Body::Json(body) = world.body(&operation.name, thing(rule)) else { continue };
        let asker = match able(&world, rule) {
            Some(held) => {
                play(&app, &held).await;
                &prober
            }
            None => &learner,
        };
        let path = operation.path_of(&world.ids(thing(rule)));
        for place in texts(&body, "") {
            let mut body = body.clone();
            *body.pointer_mut(&place).unwrap() = json!(long);
            let request = asker.request(operation.method.clone(), &path).query(&world.query(&operation.name));
            let reply = send(request.header("if-match", "\"1\"").json(&body)).await;
            asked += 1;
            let is_file = operation.name == FILE
                && reply.status == 200
                && String::from_utf8_lossy(&reply.bytes).contains(r#""stored":[]"#);
            if !is_file && !is_refused(rule, &reply) {
                let said: String = String::from_utf8_lossy(&reply.bytes).chars().take(300).collect();
                faults.push(format!("{} at {place}: {} {said}", operation.name, reply.status));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {asked} texts are taken\n{}", faults.len(), faults.join("\n"));
    assert!(asked > 100, "{asked} texts were sent");
}
