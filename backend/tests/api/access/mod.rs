//! The proof of access: every operation, asked by every role from every side of the thing it is about.
//!
//! What must come back is told by the one table of rights (`shared::rights`) and by `rules`, which says
//! of each operation which right opens which thing. An operation without a rule fails.

mod bodies;
mod over_long;
mod rows;
mod rules;
mod stand;
mod teaching;
mod things;
mod world;

use crate::support::{Client, Operation, Reply, TestApp, Uncounted, db_tests, execute, is_whole_run, send, words};
use reqwest::Method;
use rules::{RULES, Rule, rule};
use shared::{
    ids::AccountId,
    rights::{Place, Right, Role, RoleAt, allows, places},
};
use stand::Stand;
use std::{collections::BTreeSet, sync::Arc};
use things::Thing;
use uuid::Uuid;
use world::World;

/// In how many turns the places that tell little more are asked from.
const TURNS: usize = 4;

/// The one who asks: an account whose only role is another one each time.
const PROBER: &str = "prober";

/// A reply, as far as it tells whether the thing is there.
fn gist(reply: &Reply) -> (u16, String) {
    let problem: serde_json::Value = serde_json::from_slice(&reply.bytes).unwrap_or_default();
    (reply.status, problem["code"].as_str().unwrap_or_default().to_owned())
}

/// Whether it says that one may not, or that there is no such thing: as a whole, or as one of its fields.
fn is_refused(reply: &Reply) -> bool {
    let names_nothing = || String::from_utf8_lossy(&reply.bytes).contains(r#""code":"not-found""#);
    [401, 403, 404].contains(&reply.status) || (reply.status == 422 && names_nothing())
}

/// Whether a role carries any of these rights at any of these places.
fn holds(held: &RoleAt, rights: &[Right], places: &[Place]) -> bool {
    let (nobody, roles) = (AccountId(Uuid::nil()), std::slice::from_ref(held));
    rights.iter().any(|right| places.iter().any(|place| allows(nobody, roles, *right, place)))
}

/// Gives the prober this role, and no other.
async fn play(app: &TestApp, held: &RoleAt) {
    let (role, place) = (held.role, serde_json::to_string(&held.place).unwrap());
    let prober = format!("(SELECT id FROM account WHERE login_name = '{PROBER}')");
    execute(app, &format!("UPDATE role_grant SET role = '{role}', place = '{place}' WHERE account_id = {prober}"))
        .await;
}

/// One question to the API by one role at one place.
struct Question<'a> {
    world: &'a World,
    asker: &'a Client,
    held: &'a RoleAt,
    operation: &'a Operation,
}

impl Question<'_> {
    /// Whether the table gives the asker any of these rights at any of these places.
    fn holds(&self, rights: &[Right], places: &[Place]) -> bool {
        holds(self.held, rights, places)
    }

    /// Whether the asker may do with a thing what one of these rights is for.
    fn may(&self, thing: Thing, rights: &[Right]) -> bool {
        self.holds(rights, &self.world.places(thing))
    }

    /// Whether the asker may know of a thing.
    fn may_see(&self, thing: Thing) -> bool {
        thing == Thing::Holiday || self.holds(thing.seen_with(), &self.world.seen_at(thing))
    }

    /// Asks for a thing; for one that there is not, if it is [`Thing::Nothing`].
    async fn ask(&self, thing: Thing) -> Reply {
        let path = self.operation.path_of(&self.world.ids(thing));
        let request = self.asker.request(self.operation.method.clone(), &path);
        let request = request.query(&self.world.query(&self.operation.name)).header("if-match", "\"1\"");
        match self.world.body(&self.operation.name, thing) {
            _ if self.operation.method == Method::GET => send(request).await,
            bodies::Body::Json(body) => send(request.json(&body)).await,
            bodies::Body::Bytes(bytes) => send(request.body(bytes)).await,
        }
    }

    /// What a reply shows that is hidden from who gets it.
    fn leaks(&self, reply: &Reply) -> Option<String> {
        let text = words(reply);
        let shown = Thing::ALL.iter().find(|thing| text.contains(thing.mark()) && !self.may_see(**thing))?;
        Some(format!("{self} shows {shown:?}"))
    }

    /// What is wrong with the answer.
    async fn fault(&self, rule: &Rule) -> Option<String> {
        let wrong = |is_wrong: bool, reply: &Reply| is_wrong.then(|| format!("{self} answered {:?}", gist(reply)));
        match rule {
            Rule::NotAsked => None,
            Rule::Open | Rule::OwnList => self.leaks(&self.ask(Thing::Nothing).await),
            Rule::Own(thing) => {
                let reply = self.ask(*thing).await;
                wrong(![401, 403, 404].contains(&reply.status), &reply)
            }
            Rule::Anywhere { rights } => {
                let reply = self.ask(Thing::Nothing).await;
                let roles = std::slice::from_ref(self.held);
                let may = rights.iter().any(|right| places(roles, *right).next().is_some());
                self.leaks(&reply).or_else(|| wrong(is_refused(&reply) == may, &reply))
            }
            Rule::AtHome { rights } => {
                let reply = self.ask(Thing::Nothing).await;
                let is_division = matches!(self.held.place, Place::Division { .. });
                let may = is_division && self.holds(rights, std::slice::from_ref(&self.held.place));
                wrong(is_refused(&reply) == may, &reply)
            }
            Rule::One { thing, rights } => self.fault_with_one(*thing, self.may(*thing, rights)).await,
            Rule::Seen { thing, rights } => {
                let may = self.may(*thing, rights) && self.may_see(*thing);
                self.fault_with_one(*thing, may).await
            }
            Rule::Receipt { thing, rights } => {
                let reply = self.ask(*thing).await;
                let is_taken = reply.status == 200 && !String::from_utf8_lossy(&reply.bytes).contains("not-found");
                wrong(is_taken != self.may(*thing, rights), &reply)
            }
            Rule::List { thing, rights } => {
                let reply = self.ask(*thing).await;
                let is_shown = words(&reply).contains(thing.mark());
                self.leaks(&reply).or_else(|| wrong(is_shown != self.may(*thing, rights), &reply))
            }
        }
    }

    async fn fault_with_one(&self, thing: Thing, may: bool) -> Option<String> {
        let reply = self.ask(thing).await;
        let found = gist(&reply);
        let is_refused = is_refused(&reply);
        if reply.status >= 500 || is_refused == may {
            return Some(format!("{self} answered {found:?}"));
        }
        // Who may not even see it cannot tell it from what there is not.
        if is_refused && !self.may_see(thing) {
            let nothing = gist(&self.ask(Thing::Nothing).await);
            if found != nothing {
                return Some(format!("{self} answered {found:?}, and {nothing:?} where nothing is"));
            }
        }
        self.leaks(&reply)
    }
}

impl std::fmt::Display for Question<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} to {} at {:?}", self.operation.name, self.held.role, self.held.place)
    }
}

#[test]
fn every_operation_has_a_rule_and_every_rule_an_operation() {
    let operations: BTreeSet<String> = Operation::all().into_iter().map(|operation| operation.name).collect();
    let ruled: BTreeSet<String> = RULES.iter().flat_map(|(names, _)| *names).map(|name| (*name).to_owned()).collect();
    assert_eq!(operations, ruled);
}

db_tests! {
    async fn every_operation_answers_each_role_as_the_table_says(app) {
        let app = app.coordinated(Arc::new(Uncounted));
        let world = World::build(&app).await;
        let asker = app.person(PROBER, &[RoleAt { role: Role::Teacher, place: Stand::Province.place(&world) }]).await;
        let (operations, mut faults) = (Operation::all(), Vec::new());
        // Who may do something with one thing is decided above the stores, and one of them need tell; lists are theirs.
        let is_embedded = app.store.redis().is_none();
        let is_whole = is_whole_run();
        let held = Role::ALL.iter().flat_map(|role| Stand::ALL.iter().enumerate().map(move |stand| (*role, stand)));
        for (turn, (role, (nth, stand))) in held.enumerate() {
            let held = RoleAt { role, place: stand.place(&world) };
            play(&app, &held).await;
            for (of, operation) in operations.iter().enumerate() {
                let rule = rule(&operation.name);
                let is_told = is_embedded || matches!(rule, Rule::List { .. });
                // The places that tell little more are asked from by turns, and so is who has nothing to do with a thing.
                let is_its_turn = is_whole || (of + turn / Stand::ALL.len() + nth).is_multiple_of(TURNS);
                let is_asked = match rule.concerns(role) {
                    true => (is_embedded && stand.is_telling()) || is_its_turn,
                    false => is_embedded && stand.is_telling() && is_its_turn,
                };
                if is_told && is_asked {
                    let question = Question { world: &world, asker: &asker, held: &held, operation };
                    faults.extend(question.fault(rule).await);
                }
            }
        }
        assert!(faults.is_empty(), "{} wrong answers\n{}", faults.len(), faults.join("\n"));
    }
}
