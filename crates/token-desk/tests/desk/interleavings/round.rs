//! One round: acts that start one after the other, while responses are held back.

use std::future::pending;

use entri_sandbox::{Held, Method};
use token_desk::CreateRequest;
use tokio::task::JoinSet;

use super::acts::{Done, Waits, create, revoke};
use super::agreement::Before;
use super::draw::Draw;
use super::world::World;
use crate::support::{named, now};

const ORGANIZATION: &str = "/organizations/665f1c0a9b3e4d0012ab34cd/tokens";

/// Does some acts. After most of them it waits until an act has come to its end, or to an answer that
/// is held back; what was held back before goes on being so for a drawn while.
pub async fn round(world: &mut World, draw: &mut Draw, number: u64) -> Vec<Done> {
    let before = Before::of(world);
    let (mut acts, mut done) = (JoinSet::new(), Vec::new());
    let mut holding: Vec<Held> = Vec::new();
    for act in 0..4 + draw.below(6) {
        let at = draw.below(3);
        match draw.below(4) {
            0 | 1 => holding.push(order(world, at, draw)),
            2 if !holding.is_empty() => drop(holding.swap_remove(draw.below(holding.len()))),
            _ => {}
        }
        let next = next_of(&holding);
        let nothing_waits = holding.iter().all(|it| !it.is_reached());
        let waits = world.act(at, draw, &mut acts, &format!("made {number}-{act}"));
        let comes = waits == Some(Waits::Never) || waits.is_some() && nothing_waits;
        if draw.below(4) > 0 && comes {
            tokio::select! {
                Some(ended) = acts.join_next() => done.push(ended.unwrap()),
                () = next => {}
            }
        }
    }
    world.loads_of_the_left_end().await;
    release(holding, draw);
    done.extend(acts.join_all().await);
    world.agrees(&before, &done).await;
    done
}

/// A list and later changes to some of its tokens arrive at the same time: each response is held
/// back until the next request has its own.
pub async fn storm(world: &mut World, draw: &mut Draw, number: u64) -> Vec<Done> {
    let before = Before::of(world);
    let at = draw.below(3);
    let (mut acts, mut done) = (JoinSet::new(), Vec::new());
    let mut holding = vec![world.servers[at].hold_next(&Method::GET, ORGANIZATION)];
    let (desk, id) = (world.desk.clone(), world.ids[at]);
    acts.spawn(async move {
        desk.sync(id, now()).await;
        Done::Nothing
    });
    holding[0].reached().await;
    for act in 0..3 + draw.below(6) {
        let (desk, name) = (world.desk.clone(), format!("made {number}-{act}"));
        let some = world.some_token(at, draw).filter(|_| draw.below(2) == 0);
        let method = if some.is_some() { Method::DELETE } else { Method::POST };
        holding.push(world.servers[at].hold_next(&method, "/tokens"));
        let next = next_of(&holding);
        match some {
            Some(key) => acts.spawn(revoke(desk, key)),
            None => acts.spawn(create(desk, CreateRequest { connection: id, ..named(&name) })),
        };
        tokio::select! {
            // A token that is already gone needs no request.
            Some(ended) = acts.join_next() => done.push(ended.unwrap()),
            () = next => {}
        }
    }
    release(holding, draw);
    done.extend(acts.join_all().await);
    world.agrees(&before, &done).await;
    done
}

/// Lets the answers go, in any order.
fn release(mut holding: Vec<Held>, draw: &mut Draw) {
    while !holding.is_empty() {
        drop(holding.swap_remove(draw.below(holding.len())));
    }
}

/// Orders that the next answer with a list of tokens, or to a revoke, is held back.
fn order(world: &World, at: usize, draw: &mut Draw) -> Held {
    let (method, path) = match draw.below(5) {
        0 => (Method::GET, "/projects/6660aa11/tokens"),
        1 => (Method::DELETE, "/tokens/"),
        2 => (Method::POST, "/tokens"),
        _ => (Method::GET, ORGANIZATION),
    };
    world.servers[at].hold_next(&method, path)
}

/// Waits until one more of the answers is held back than at this moment.
fn next_of(holding: &[Held]) -> impl Future<Output = ()> + use<> {
    let mut reached = JoinSet::new();
    for one in holding.iter().filter(|it| !it.is_reached()) {
        reached.spawn(one.reached());
    }
    async move {
        if reached.join_next().await.is_none() {
            pending::<()>().await;
        }
    }
}
