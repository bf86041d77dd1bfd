//! The acts of another admin at a server, and changes of its clock.

use chrono::TimeDelta;

use super::clock::{self, DAY, HOUR};
use super::draw::Draw;
use super::world::World;

impl World {
    pub fn act_elsewhere(&mut self, at: usize, draw: &mut Draw, name: &str) {
        let server = &self.servers[at];
        let mut living = server.truth().unwrap();
        living.retain(|token| !token.revoked && token.id != self.own);
        let some = living.get(draw.below(living.len().max(1))).map(|token| token.id.clone());
        match (draw.below(9), some) {
            (0 | 1, Some(id)) => assert!(server.revoke_elsewhere(&id).unwrap()),
            (2 | 3, Some(id)) => server.rename_elsewhere(&id, name).unwrap(),
            (4..7, Some(id)) => {
                // About as long ago as makes it stale by one of the clocks.
                let policy = self.desk.policy(self.ids[at]).unwrap_or_default();
                let since = i64::from(policy.stale_days) * DAY + draw.of(&[HOUR, -HOUR]);
                let used = clock::judged(draw.of(&self.ahead)) - TimeDelta::seconds(since);
                server.touch(&id, used).unwrap();
            }
            (7, _) => {
                let ahead = draw.of(&self.ahead);
                self.set_clock(at, ahead);
            }
            _ => self.foreign.push(server.add_token(name).unwrap()),
        }
    }
}
