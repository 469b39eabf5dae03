//! Names of divisions, asked for once a county.

use super::division_of;
use crate::platform::{actor::Actor, client};
use leptos::{prelude::*, task::spawn_local};
use shared::{
    organisation::{DivisionCode, DivisionRow, DivisionView},
    rights::{Right, places},
};
use std::collections::{HashMap, HashSet};

/// The names that came so far. A page makes one.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Names {
    actor: Actor,
    known: RwSignal<HashMap<String, String>>,
    asked: StoredValue<HashSet<DivisionCode>>,
}

impl Names {
    /// None yet.
    pub(in crate::pages) fn new(actor: Actor) -> Self {
        Self { actor, known: RwSignal::default(), asked: StoredValue::default() }
    }

    /// A division in words; its code where the reader knows no name.
    pub(in crate::pages) fn of(self, code: &str) -> Signal<String> {
        if let Some(county) = DivisionCode::parse(code).and_then(DivisionCode::county) {
            self.ask(county);
        }
        let code = code.to_owned();
        Signal::derive(move || self.known.with(|known| known.get(&code).cloned()).unwrap_or_else(|| code.clone()))
    }

    fn ask(self, county: DivisionCode) {
        let mut is_new = false;
        self.asked.update_value(|asked| is_new = asked.insert(county));
        if !is_new || !self.is_known(county) {
            return;
        }
        spawn_local(async move {
            let whole = client::get::<DivisionView>(self.actor, &format!("/divisions/{county}")).await;
            let parts = client::get::<Vec<DivisionRow>>(self.actor, &format!("/divisions?parent={county}")).await;
            // Codes stay where no names came.
            let (Ok(whole), Ok(parts)) = (whole, parts) else { return };
            let county_name = whole.division.name;
            let part = |row: DivisionRow| (row.division.code, format!("{county_name} {}", row.division.name));
            let mut names: HashMap<_, _> = parts.into_iter().map(part).collect();
            names.insert(county.to_string(), county_name);
            // The page may be gone.
            let _: Option<()> = self.known.try_update(|known| known.extend(names));
        });
    }

    /// Whether the reader's places lie in this county, or it in them.
    fn is_known(self, county: DivisionCode) -> bool {
        let Some(me) = self.actor.me() else { return false };
        let mut roots =
            places(&me.roles, Right::ReadOrganisation).filter_map(division_of).filter_map(DivisionCode::parse);
        roots.any(|root| root.contains(&county) || county.contains(&root))
    }
}
