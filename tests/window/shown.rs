//! A screen in one theme: pictured, and judged by axe.

use crate::axe;
use crate::desktop::Theme;
use crate::world::World;

pub struct Shown<'a> {
    pub world: &'a World,
    pub theme: Theme,
}

impl Shown<'_> {
    pub async fn as_picture(&self, screen: &str) {
        let app = &self.world.app;
        app.nothing_sticks_out().await;
        app.picture(&format!("{screen}-{}", self.theme.name())).await;
        axe::finds_nothing(app, screen).await;
    }
}

/// Two tests of a tour through some screens: one a theme.
macro_rules! in_both_themes {
    ($tour:path) => {
        #[tokio::test(flavor = "multi_thread")]
        async fn light() {
            $tour(crate::desktop::Theme::Light).await;
        }

        #[tokio::test(flavor = "multi_thread")]
        async fn dark() {
            $tour(crate::desktop::Theme::Dark).await;
        }
    };
}
pub(crate) use in_both_themes;
