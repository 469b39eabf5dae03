//! What a bureau counts is what its townships count, whatever happens meanwhile (FEATURES §2, roster).

use super::{
    moves::{counted, hand_over},
    visits::{ASSIGNMENTS, ROSTER, account, entry, send_visits, three, visit},
};
use crate::{
    exports::{column, taken},
    people::{HERE, NEXT_DOOR, office, towns},
    support::{Client, db_tests},
};
use futures::future::join;
use serde_json::{Value, json};
use shared::rights::Role;
use std::collections::BTreeMap;

/// A township of the county beside.
const FAR: &str = "330503103";

/// How many persons stand in each state.
type Sums = BTreeMap<String, u64>;

async fn sums(client: &Client, within: &str) -> Sums {
    let counts = client.get(&format!("{ROSTER}/counts?{within}")).await.expect(200);
    let mut sums = Sums::new();
    for count in counts.as_array().unwrap() {
        *sums.entry(count["state"].as_str().unwrap().to_owned()).or_default() += count["persons"].as_u64().unwrap();
    }
    sums
}

fn together(parts: &[Sums]) -> Sums {
    let mut all = Sums::new();
    for (state, persons) in parts.iter().flatten() {
        *all.entry(state.clone()).or_default() += persons;
    }
    all
}

/// The offices of three townships, and who looks at them.
struct Offices {
    towns: [Client; 3],
    county: Client,
    city: Client,
    province: Client,
}

impl Offices {
    /// That everybody counts what those below them count.
    async fn assert_equal(&self) {
        let [here, next_door, far] = &self.towns;
        let (here, next_door, far) = (sums(here, "").await, sums(next_door, "").await, sums(far, "").await);
        assert_eq!(sums(&self.county, "").await, together(&[here.clone(), next_door]), "the county");
        assert_eq!(sums(&self.county, &format!("division={HERE}")).await, here, "the county, of one township");
        let all = together(&[sums(&self.county, "").await, far]);
        assert_eq!(sums(&self.city, "").await, all, "the city");
        assert_eq!(sums(&self.province, "").await, all, "the province");
    }
}

db_tests! {
    async fn a_bureau_counts_what_its_townships_count(app) {
        towns(&app).await;
        let offices = Offices {
            towns: [office(&app, "wang", HERE).await, office(&app, "li", NEXT_DOOR).await, office(&app, "zhao", FAR).await],
            county: app.staff("xian", Role::CountyBureau, "330502").await,
            city: app.staff("shi", Role::CityAuditor, "3305").await,
            province: app.staff("sheng", Role::ProvinceOffice, "33").await,
        };
        let [here, next_door, far] = &offices.towns;
        for (office, (place, first)) in [(here, (HERE, 2)), (next_door, (NEXT_DOOR, 12)), (far, (FAR, 22))] {
            three(&app, office, place, first).await;
            offices.assert_equal().await;
        }
        let (person, wang) = (entry(here, "张秀英").await, account(&app, "wang").await);
        here.post(ASSIGNMENTS, &json!({ "surveyor_id": wang, "entries": [person["id"]] })).await.expect(204);
        offices.assert_equal().await;
        let willing = json!({ "kind": "stated", "intent": "senior", "route": "dual_certificate", "reason": "" });
        send_visits(here, &[visit(&person, &wang, 1, 0, &willing)]).await;
        assert_eq!(sums(here, "").await["intent_yes"], 2);
        offices.assert_equal().await;

        // Who goes next door is counted once at every moment.
        let away = json!({ "division": NEXT_DOOR, "reason": "迁居" });
        let moving = hand_over(here, next_door, &person, &away);
        let looking = async {
            for _ in 0..20 {
                assert_eq!((counted(&offices.county).await, counted(&offices.city).await), (6, 9));
            }
        };
        join(moving, looking).await;
        offices.assert_equal().await;
    }

    async fn a_bureau_reads_how_far_each_of_its_parts_is_and_takes_that_away(app) {
        towns(&app).await;
        let [here, far] = [office(&app, "wang", HERE).await, office(&app, "zhao", FAR).await];
        three(&app, &here, HERE, 2).await;
        three(&app, &far, FAR, 22).await;
        let county = app.staff("xian", Role::CountyBureau, "330502").await;
        let city = app.staff("shi", Role::CityAuditor, "3305").await;
        let progress = async |client: &Client, query: &str| client.get(&format!("{ROSTER}/sums{query}")).await.expect(200);
        let persons = |progress: &Value, code: &str| {
            let parts = progress["parts"].as_array().unwrap();
            let part = parts.iter().find(|part| part["division"]["code"] == code).unwrap_or_else(|| panic!("no {code}"));
            part["sums"]["persons"].as_u64()
        };
        let seen = progress(&county, "").await;
        assert_eq!((persons(&seen, HERE), persons(&seen, NEXT_DOOR)), (Some(3), None));
        assert_eq!(seen["way"].as_array().unwrap().last().unwrap()["code"], "330502");
        let all = progress(&city, "").await;
        assert_eq!((persons(&all, "330502"), persons(&all, "330503")), (Some(3), Some(3)));
        assert_eq!(progress(&city, "?division=330502").await, seen, "the city reads of a county what it reads itself");
        let own = progress(&here, "").await;
        assert_eq!((own["parts"].as_array().unwrap().len(), persons(&own, HERE)), (1, Some(3)));
        assert_eq!(progress(&here, "?division=330502").await["parts"].as_array().unwrap().len(), 1, "its own part alone");
        for elsewhere in ["330503", "330599"] {
            let refused = county.get(&format!("{ROSTER}/sums?division={elsewhere}")).await.expect(422);
            assert_eq!(refused["errors"][0]["pointer"], "/division");
        }

        let [list, _] = taken(&city, &format!("{ROSTER}/sums/exports")).await;
        assert_eq!(list.name, "排摸进度");
        let (names, figures) = (column(&list, "区划"), column(&list, "在册人数"));
        assert_eq!((names.last(), figures.last()), (Some(&"合计"), Some(&"6")));
        let beside = names.iter().position(|name| *name == "南浔区").unwrap();
        assert_eq!(figures[beside], "3");
    }
}
