//! The status lists as verifiers fetch them: how often, how old they may be, and what each node tells.

use crate::{
    credit_bank::{Bank, places_shown_to, told},
    support::{db_tests, execute, serve},
};
use backend::app::State;
use futures::{StreamExt, stream};

const LIST: &str = "/api/v1/public/status_lists/1/revocation";
/// Where somebody looks for a certificate that there is not.
const CERTIFICATE: &str = "/api/v1/public/certificates/202633052010000014";

db_tests! {
    async fn the_verifiers_of_a_network_are_limited_and_keep_no_person_from_asking(app) {
        let network = app.stranger();
        let asked = stream::iter(0..1_200).map(|_| network.get(LIST)).buffer_unordered(20);
        let statuses: Vec<u16> = asked.map(|reply| reply.status).collect().await;
        assert_eq!(statuses, vec![200; 1_200]);
        let refused = network.get(LIST).await;
        assert_eq!(refused.headers["retry-after"], "60");
        assert_eq!(refused.expect_problem(429), "too-many");
        let first = network.get("/api/v1/public/status_lists/1").await;
        assert_eq!(first.expect_problem(429), "too-many", "all lists are counted together");
        network.get(CERTIFICATE).await.expect(404);
    }

    async fn whoever_asks_for_certificates_keeps_no_verifier_from_the_lists(app) {
        let network = app.stranger();
        for _ in 0..120 {
            network.get(CERTIFICATE).await.expect(404);
        }
        network.get(CERTIFICATE).await.expect(429);
        network.get(LIST).await.expect(200);
    }

    async fn a_list_is_signed_once_a_minute_and_nobody_keeps_it_for_longer(app) {
        let list = async || app.stranger().get(LIST).await;
        let first = list().await;
        assert_eq!(first.headers["content-type"], "application/vc");
        assert_eq!(first.headers["cache-control"], "public, max-age=60");
        app.clock.advance_s(20);
        let kept = list().await;
        assert_eq!(kept.headers["cache-control"], "public, max-age=40");
        assert_eq!(kept.bytes, first.bytes);
        app.clock.advance_s(40);
        let next = list().await;
        assert_eq!(next.headers["cache-control"], "public, max-age=60");
        assert_ne!(next.bytes, first.bytes);
    }

    async fn each_list_is_kept_for_itself(app) {
        let purposes = ["1", "1/revocation", "1/suspension", "1/message"];
        for _ in 0..2 {
            for list in purposes {
                let shown = app.stranger().get(&format!("/api/v1/public/status_lists/{list}")).await.expect(200);
                assert!(shown["id"].as_str().unwrap().ends_with(&format!("/status_lists/{list}")), "{shown}");
            }
        }
    }

    async fn a_revocation_is_told_by_every_node_at_once(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        bank.approve(&certificate).await;
        let nodes = [app.stranger(), app.stranger().at(serve(State::new(app.cx.clone()).unwrap()))];
        for node in &nodes {
            assert_eq!(places_shown_to(node, "1/revocation").await, [0_usize; 0]);
            assert_eq!(places_shown_to(node, "1").await, [0_usize; 0]);
        }
        bank.revoke(&certificate, "成绩复核").await;
        for node in &nodes {
            assert_eq!(places_shown_to(node, "1/revocation").await, [0]);
            assert_eq!(places_shown_to(node, "1").await, [0]);
        }
    }

    async fn what_a_node_does_not_notice_it_tells_when_the_minute_is_over(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        bank.approve(&certificate).await;
        assert_eq!(told(&app).await, [""; 0]);
        // As by a step that another node noted before this one's newest, and that comes to light after it.
        execute(&app, "UPDATE certificate SET state = 'revoked'").await;
        app.clock.advance_s(59);
        assert_eq!(told(&app).await, [""; 0]);
        app.clock.advance_s(1);
        assert_eq!(told(&app).await, ["revocation"]);
    }
}
