//! What goes wrong between a device and the server, and what the player makes of it.

use super::*;

fn write(world: &mut World, n: u128, bytes: usize) {
    let response = Response::Text("x".repeat(bytes));
    world.tell(Event::Answered { item_id: item(n), response, monotonic_ms: 1 });
    world.act(Action::Store);
}

#[test]
fn a_batch_is_no_longer_than_a_weak_line_carries() {
    let mut world = World::new();
    for (n, bytes) in (0..).zip([70_000, 24_000, 24_000, 24_000]) {
        write(&mut world, n, bytes);
    }
    let mut sent = Vec::new();
    while let Some(batch) = world.requests.first() {
        sent.push(batch.len());
        world.act(Action::Deliver(0));
        world.act(Action::DeliverReply(0));
    }
    assert_eq!(sent, [1, 2, 1]);
    assert_eq!(world.player.as_ref().unwrap().unsent(), 0);
}
