//! Another device continues a sitting: the older one writes no more, and what it wrote is kept.

use crate::{
    exam_world::{DURATION_MIN, Device, World},
    support::db_tests,
};
use futures::future::join;
use serde_json::json;
use shared::item_bank::Response;

db_tests! {
    async fn another_device_takes_over_only_by_consent_and_what_the_first_one_wrote_is_kept(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        let mut phone = Device::open(&world, 0, 1, false).await;
        let first = phone.answer(&world, 0, 1);
        phone.send(&world, std::slice::from_ref(&first)).await.expect(200);
        let refused = Device::opened(&world, 0, 2, false).await.expect(409);
        assert_eq!((refused["code"].clone(), refused["params"]["current"].clone()), (json!("sitting-taken-over"), json!(1)));

        let mut laptop = Device::open(&world, 0, 2, true).await;
        assert_eq!(laptop.epoch, 2);
        let entry = laptop.answer(&world, 0, 3);
        laptop.send(&world, &[entry]).await.expect(200);
        // What the phone could not send before is kept, and it learns that it is overtaken.
        for entry in [first, phone.answer(&world, 0, 2), phone.answer(&world, 1, 2)] {
            assert_eq!(phone.send(&world, &[entry]).await.expect(200)["epoch"], 2);
        }
        let mut invented = laptop.answer(&world, 2, 0);
        invented.epoch = 3;
        assert_eq!(laptop.send(&world, &[invented]).await.expect(409)["params"]["current"], 2);
        assert_eq!(phone.submit(&world).await.expect_problem(409), "sitting-taken-over");
        // It counts where the laptop has answered nothing, and the laptop hears of it before it hands in.
        let laptop = Device::open(&world, 0, 2, false).await;
        let choice = |item: usize| laptop.answers.response(world.items[item]).cloned();
        assert_eq!([choice(0), choice(1)], [3, 2].map(|choice| Some(Response::Single(choice))));
        assert_eq!(laptop.submit(&world).await.expect(200)["answered"], 2);
        assert_eq!(world.stored(&app, 0).await, 4);
    }

    async fn what_an_overtaken_device_wrote_in_time_may_come_late(app) {
        let mut world = World::armed(&app, 1).await.started(&app).await;
        let mut phone = Device::open(&world, 0, 1, false).await;
        // A minute before the end; by the clock of the laptop's epoch it would be after it.
        let (near_the_end, over) = (u64::from(DURATION_MIN - 1) * 60_000, u64::from(DURATION_MIN) * 60_000 + 1);
        let written = phone.answer_at(&world, 0, 1, near_the_end);
        world.later(&app, i64::from(DURATION_MIN) * 60 - 30).await;
        Device::open(&world, 0, 2, true).await;
        world.later(&app, 65).await;
        world.settle(&app).await;
        phone.send(&world, &[written]).await.expect(200);
        let too_late = phone.answer_at(&world, 1, 1, over);
        assert_eq!(phone.send(&world, &[too_late]).await.expect_problem(410), "time-up");
        assert_eq!(world.verdicts(&app, 0).await, ["store_as_late"]);
    }

    async fn a_take_over_beside_many_batches_loses_nothing_that_was_acknowledged(app) {
        let world = World::armed(&app, 1).await.started(&app).await;
        for round in 0..5_u32 {
            let name = u128::from(round) + 1;
            let mut device = Device::open(&world, 0, name, true).await;
            let entries: Vec<_> = (0..20).map(|n| device.answer(&world, n % 3, (n % 4) as u16)).collect();
            let sends = entries.iter().map(|entry| device.send(&world, std::slice::from_ref(entry)));
            let (replies, taken) =
                join(futures::future::join_all(sends), Device::open(&world, 0, name + 100, true)).await;
            assert_eq!(taken.epoch, device.epoch + 1);
            let acked = replies.into_iter().filter(|reply| reply.status == 200).count();
            assert_eq!(world.stored_in(&app, 0, device.epoch).await, acked);
            let mut all = taken.answers.clone();
            all.merge(device.answers.clone());
            assert_eq!(world.answers(&app, 0).await, all);
            let behind = device.answer(&world, 0, 0);
            assert_eq!(device.send(&world, &[behind]).await.expect(200)["epoch"], taken.epoch);
        }
    }
}
