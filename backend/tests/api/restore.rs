//! A backup is worth what is restored from it: the embedded store, copied while it is served, is looked through and
//! served in a new place. What becomes of PostgreSQL stands in `durability.rs`.

use crate::{
    credit_bank::Bank,
    exam_world::{Device, World},
    oracle::{Acks, Tally, stored},
    support::{Ended, Store, TestApp, db_tests, execute, run},
};
use shared::{delivery::EntryAcks, ids::SittingId};
use std::{fs, path::PathBuf};

/// A test in which one has handed in, and the other still writes.
struct Middle {
    world: World,
    writer: Device,
    /// The sitting that has a receipt.
    handed_in: SittingId,
    /// What was acknowledged of both.
    acks: [Acks; 2],
}

impl Middle {
    async fn of_a_test(app: &TestApp) -> Self {
        let world = World::armed(app, 2).await.started(app).await;
        let mut devices = [Device::open(&world, 0, 1, false).await, Device::open(&world, 1, 1, false).await];
        let mut acks = [Acks::default(), Acks::default()];
        for (device, acks) in devices.iter_mut().zip(&mut acks) {
            write(&world, device, acks).await;
        }
        let [first, writer] = devices;
        let receipt = first.submit(&world).await.expect(200);
        assert_eq!(receipt["digest"], first.digest());
        let handed_in = world.sitting(0);
        Self { world, writer, handed_in, acks }
    }

    /// What is not in a store of all that was acknowledged so far.
    async fn missing_in(&self, app: &TestApp) -> usize {
        let mut tally = Tally::default();
        for (candidate, acks) in self.acks.iter().enumerate() {
            tally += stored(app, self.world.sitting(candidate), acks).await;
        }
        assert_eq!((tally.doubled, tally.wrong), (0, 0));
        tally.missing
    }
}

/// Answers two items, and keeps what is acknowledged.
async fn write(world: &World, device: &mut Device, acks: &mut Acks) {
    let entries = [device.answer(world, 0, 1), device.answer(world, 1, 2)];
    let reply: EntryAcks = serde_json::from_value(device.send(world, &entries).await.expect(200)).unwrap();
    assert_eq!(reply.acked.len(), entries.len());
    acks.note(&entries, &reply.acked);
}

fn back_up(app: &TestApp) -> PathBuf {
    let copy = app.store.folder().join("copy.sqlite");
    let ended = run(&app.store, &["backup", copy.to_str().unwrap()]);
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    copy
}

fn keys_of(app: &TestApp) -> PathBuf {
    app.store.folder().join("keys")
}

fn check(store: &Store) -> Ended {
    run(store, &["check-store"])
}

#[track_caller]
fn is_told(ended: &Ended, line: &str) {
    assert_eq!(ended.code, Some(1), "{}", ended.printed);
    assert!(ended.printed.lines().any(|told| told.starts_with(line)), "{line} in {}", ended.printed);
}

#[actix_web::test]
async fn a_backup_of_the_embedded_store_holds_everything_that_was_acknowledged_before_it() {
    let app = TestApp::start(Store::sqlite().await).await;
    let mut middle = Middle::of_a_test(&app).await;
    let copy = back_up(&app);
    let Middle { world, writer, acks, .. } = &mut middle;
    let [_, of_writer] = acks;
    let before = of_writer.clone();
    write(world, writer, of_writer).await;

    let restored = Store::restored(&copy, &keys_of(&app));
    let checked = check(&restored);
    assert_eq!(checked.code, Some(0), "{}{}", checked.printed, checked.said);
    assert!(checked.printed.contains("receipts: 1 fit their answers"), "{}", checked.printed);
    let back = TestApp::start_at(restored, app.began).await;
    assert_eq!(middle.missing_in(&back).await, 2, "what came after the copy is not in it");
    middle.acks[1] = before;
    assert_eq!(middle.missing_in(&back).await, 0);
    assert_eq!(middle.missing_in(&app).await, 0, "who served went on");
}

#[actix_web::test]
async fn a_backup_never_takes_the_place_of_another_and_is_of_an_embedded_store_alone() {
    let app = TestApp::start(Store::sqlite().await).await;
    let copy = back_up(&app);
    let length = fs::metadata(&copy).unwrap().len();
    let again = run(&app.store, &["backup", copy.to_str().unwrap()]);
    assert_eq!((again.code, fs::metadata(&copy).unwrap().len()), (Some(1), length), "{}", again.said);

    let nowhere = Store::bare_sqlite();
    let of_nothing = nowhere.folder().join("copy.sqlite");
    assert_eq!(run(&nowhere, &["backup", of_nothing.to_str().unwrap()]).code, Some(1));
    assert!(!of_nothing.exists(), "no store, no copy");

    let postgres = Store::postgres().await;
    let elsewhere = run(&postgres, &["backup", postgres.folder().join("copy").to_str().unwrap()]);
    assert_eq!(elsewhere.code, Some(1));
    assert!(elsewhere.said.contains("docs/operations.md"), "{}", elsewhere.said);
}

#[actix_web::test]
async fn a_backup_without_its_keys_is_told() {
    let app = TestApp::start(Store::sqlite().await).await;
    Middle::of_a_test(&app).await;
    let restored = Store::restored(&back_up(&app), &keys_of(&app));
    fs::remove_dir_all(restored.folder().join("keys")).unwrap();
    let checked = check(&restored);
    is_told(&checked, "keys: ");
    assert!(!checked.printed.contains("sealed values open"), "{}", checked.printed);
}

db_tests! {
    async fn a_whole_store_is_told_and_stays_as_it_is(app) {
        let middle = Middle::of_a_test(&app).await;
        let [first, second] = [check(&app.store), check(&app.store)];
        assert_eq!((first.code, &first.printed), (Some(0), &second.printed), "{}{}", first.printed, first.said);
        assert!(first.printed.contains("receipts: 1 fit their answers"), "{}", first.printed);
        assert_eq!(middle.missing_in(&app).await, 0);
    }

    async fn a_lost_key_of_certificates_is_told_and_none_is_made_in_its_place(app) {
        let (_, certificate) = Bank::issued(&app).await;
        let whole = check(&app.store);
        assert_eq!(whole.code, Some(0), "{}{}", whole.printed, whole.said);
        assert!(whole.printed.contains("certificates: 1 verify"), "{}", whole.printed);

        let key = keys_of(&app).join("certificates.key");
        fs::write(&key, [9; 32]).unwrap();
        let number = certificate["number"].as_str().unwrap();
        is_told(&check(&app.store), &format!("certificates: 1 do not, the first of them is {number}"));
        fs::remove_file(&key).unwrap();
        is_told(&check(&app.store), "keys: ");
        assert!(!key.exists(), "a check makes no keys");
    }

    async fn a_lost_or_changed_answer_behind_a_receipt_is_told(app) {
        let middle = Middle::of_a_test(&app).await;
        let told = format!("receipts: the answers of sitting {} are others", middle.handed_in);
        execute(&app, "UPDATE answer_entry SET response = '{\"kind\":\"single\",\"value\":0}' WHERE seq = 2").await;
        is_told(&check(&app.store), &told);
        execute(&app, "DELETE FROM answer_entry WHERE seq = 2").await;
        is_told(&check(&app.store), &told);
    }

    async fn an_audit_that_was_cut_or_changed_is_told(app) {
        Middle::of_a_test(&app).await;
        execute(&app, "UPDATE audit_entry SET detail = 'x' WHERE seq = 3").await;
        is_told(&check(&app.store), "audit: entry 3 ");
        execute(&app, "DELETE FROM audit_entry WHERE seq > 2").await;
        is_told(&check(&app.store), "audit: entry 3 ");
    }
}
