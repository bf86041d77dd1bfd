//! A screen reader of a desktop: what the app tells it, as a tree over the accessibility bus (AT-SPI).

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use zbus::proxy::{self, CacheProperties};
use zbus::zvariant::OwnedObjectPath;
use zbus::{Connection, Proxy, connection};

use super::{Desktop, UP_WITHIN, said_first};

const BUS: &str = "/usr/share/defaults/at-spi2/accessibility.conf";
/// The variable that programs find the bus by.
const ADDRESS: &str = "AT_SPI_BUS_ADDRESS";
/// Knows the programs that tell anything.
const REGISTRY_PROGRAM: &str = "/usr/libexec/at-spi2-registryd";
const REGISTRY: &str = "org.a11y.atspi.Registry";
const ROOT: &str = "/org/a11y/atspi/accessible/root";
/// The bit of the state that says that the keyboard is there (`ATSPI_STATE_FOCUSED`).
const FOCUSED: u32 = 1 << 12;
/// How often it is asked again.
const EVERY: Duration = Duration::from_millis(50);

/// What an element is, by its number (`AtspiRole`).
pub mod role {
    pub const CHECK_BOX: u32 = 7;
    pub const COMBO_BOX: u32 = 11;
    pub const DIALOG: u32 = 16;
    pub const MENU_ITEM: u32 = 35;
    pub const BUTTON: u32 = 43;
    pub const RADIO_BUTTON: u32 = 44;
    pub const SEPARATOR: u32 = 50;
    pub const SLIDER: u32 = 51;
    pub const STATUS: u32 = 54;
    pub const TABLE: u32 = 55;
    pub const TOGGLE_BUTTON: u32 = 62;
    pub const TOOLBAR: u32 = 63;
    pub const ENTRY: u32 = 79;
    pub const LINK: u32 = 88;
    pub const ROW: u32 = 90;
    pub const LANDMARK: u32 = 110;
}

/// An element of the window, as a screen reader hears it.
#[derive(Debug)]
pub struct Heard {
    pub role: u32,
    pub name: String,
    /// Its text, with a placeholder (U+FFFC) for each element in it.
    pub text: String,
    pub focused: bool,
    pub children: Vec<Heard>,
}

impl Desktop {
    /// Starts the bus that programs tell a screen reader on. They look for it only when they start.
    pub fn listen(&mut self) {
        let (address, bus) = said_first(
            Command::new("dbus-daemon")
                .args(["--config-file", BUS, "--nofork", "--print-address=1"])
                .env("DISPLAY", self.display())
                .stderr(Stdio::null()),
        );
        self.set(ADDRESS, address);
        let mut registry = self.command(REGISTRY_PROGRAM);
        let registry = registry.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let registry = registry.expect("at-spi2-core is there; ./x setup installs it");
        // The keychain stays the last.
        let last = self.running.len() - 1;
        self.running.splice(last..last, [bus, registry]);
    }

    /// All that is heard of the app's window.
    pub async fn heard(&self) -> Heard {
        let set = self.variables.iter().find(|(name, _)| *name == ADDRESS);
        let (_, address) = set.expect("listen() was called");
        let bus = connection::Builder::address(&*address.to_string_lossy());
        let bus = bus.expect("an address").build().await.expect("the bus is there");
        Heard::of(&bus, REGISTRY, ROOT).await.expect("somebody tells")
    }

    /// Waits until what is heard is so.
    pub async fn until_heard(&self, what: &str, is_so: impl Fn(&Heard) -> bool) -> Heard {
        let deadline = Instant::now() + UP_WITHIN;
        loop {
            let heard = self.heard().await;
            if is_so(&heard) {
                return heard;
            }
            assert!(Instant::now() < deadline, "{what}: not in\n{heard:#?}");
            tokio::time::sleep(EVERY).await;
        }
    }
}

impl Heard {
    /// Elements come and go while the tree is read: what is gone is left out.
    async fn of(bus: &Connection, program: &str, path: &str) -> zbus::Result<Self> {
        let of = async |interface| {
            // What changes is not told to who doesn't ask for it.
            let proxy = proxy::Builder::<Proxy<'_>>::new(bus).cache_properties(CacheProperties::No);
            proxy.destination(program)?.path(path)?.interface(interface)?.build().await
        };
        let told = of("org.a11y.atspi.Accessible").await?;
        let text = of("org.a11y.atspi.Text").await?;
        let state: Vec<u32> = told.call("GetState", &()).await?;
        let mut children = Vec::new();
        // One by one: the page, which another process tells of, is missing where all are asked for.
        for number in 0..told.get_property::<i32>("ChildCount").await? {
            let child: (String, OwnedObjectPath) = told.call("GetChildAtIndex", &number).await?;
            children.extend(Box::pin(Self::of(bus, &child.0, &child.1)).await.ok());
        }
        Ok(Self {
            role: told.call("GetRole", &()).await?,
            name: told.get_property("Name").await?,
            text: text.call("GetText", &(0, -1)).await.unwrap_or_default(),
            focused: state.first().is_some_and(|low| low & FOCUSED != 0),
            children,
        })
    }

    /// This element and all that are in it, in the order of reading.
    pub fn all(&self) -> Vec<&Self> {
        let rest = self.children.iter().flat_map(Self::all);
        std::iter::once(self).chain(rest).collect()
    }

    /// The elements of a role, in the order of reading.
    pub fn every(&self, role: u32) -> Vec<&Self> {
        self.all().into_iter().filter(|it| it.role == role).collect()
    }

    /// The innermost element that has the keyboard.
    pub fn focus(&self) -> Option<&Self> {
        self.all().into_iter().rfind(|it| it.focused)
    }
}
