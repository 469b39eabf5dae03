//! A certificate on paper.

use super::{Bank, path, public_path};
use crate::support::{db_tests, send, serve};
use backend::{app::State, credit_bank::Printer};
use printing::Press;
use reqwest::Method;
use serde_json::json;
use shared::rights::Role;

db_tests! {
    async fn a_certificate_is_printed_for_its_holder_and_its_staff(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let own = format!("/api/v1/me/certificates/{}/pdf", certificate["id"].as_str().unwrap());
        let staffs = path(&certificate, "pdf");
        let printed = bank.learner().get(&own).await;
        assert_eq!((printed.status, printed.headers["content-type"].to_str().unwrap()), (200, "application/pdf"));
        assert_eq!(printed.headers["cache-control"], "no-store");
        let number = certificate["number"].as_str().unwrap();
        assert!(printed.headers["content-disposition"].to_str().unwrap().contains(&format!("{number}.pdf")));
        assert!(printed.bytes.starts_with(b"%PDF-1.7"));
        for staff in [&bank.officer, &bank.auditor] {
            assert!(staff.get(&staffs).await.bytes == printed.bytes, "the same certificate gives the same bytes");
        }
        let elsewhere = app.staff("sun", Role::CityAuditor, "3301").await;
        let other = &bank.world.candidates[1].client;
        for (client, path) in [(&elsewhere, &staffs), (other, &own), (other, &staffs), (bank.learner(), &staffs)] {
            assert_eq!(client.get(path).await.expect_problem(404), "not-found");
        }
        bank.approve(&certificate).await;
        assert!(bank.learner().get(&own).await.bytes != printed.bytes, "an approved certificate carries no stamp");
        if let Some(folder) = std::option_env!("KEEP_PDF") {
            std::fs::write(format!("{folder}/certificate.pdf"), bank.learner().get(&own).await.bytes).unwrap();
            std::fs::write(format!("{folder}/stamped.pdf"), printed.bytes).unwrap();
        }
    }

    async fn without_a_chinese_font_only_the_pdf_is_missing(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let mut state = State::new(app.cx.clone()).unwrap();
        state.printer = Printer::with(Press::of_folder(app.store.folder()));
        let node = serve(state);
        let (learner, officer) = (bank.learner().at(node), bank.officer.at(node));
        let own = format!("/api/v1/me/certificates/{}", certificate["id"].as_str().unwrap());
        for (client, path) in [(&learner, format!("{own}/pdf")), (&officer, path(&certificate, "pdf"))] {
            let refused = client.get(&path).await;
            assert_eq!(refused.headers["retry-after"], "2");
            let problem = refused.expect(503);
            assert_eq!(problem["code"], "unavailable");
            assert_eq!(problem["detail"], "服务器上没有中文字体，暂时不能生成 PDF。请联系管理员安装字体；证明本身不受影响。");
        }
        let request = learner.request(Method::GET, &format!("{own}/pdf")).header("accept-language", "en");
        assert!(send(request).await.expect(503)["detail"].as_str().unwrap().contains("no Chinese font"));

        let document = learner.get(&format!("{own}/document")).await.expect(200);
        assert_eq!(document, bank.document(&certificate).await);
        let stranger = app.stranger().at(node);
        stranger.get(&public_path(&certificate)).await.expect(200);
        assert_eq!(stranger.get(&format!("{}/qr.svg", public_path(&certificate))).await.status, 200);
        officer.post(&path(&certificate, "submit"), &json!({})).await.expect(200);
        assert_eq!(stranger.get("/readyz").await.status, 200);
        assert_eq!(bank.learner().get(&format!("{own}/pdf")).await.status, 200, "another node prints it");
    }
}
