//! Two Syncthing daemons on this machine alone, each with a folder that both share.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use super::{ran, tool};

/// The key of the daemons' own interface; it is reachable from this machine alone.
const KEY: &str = "proof";

/// One daemon: its folders, its place in the network of two, and its process while it runs.
pub struct Daemon {
    home: PathBuf,
    /// The folder that is shared.
    pub folder: PathBuf,
    id: String,
    port: u16,
    console: u16,
    process: Option<Child>,
}

impl Daemon {
    fn new(home: PathBuf) -> Daemon {
        let folder = home.join("shared");
        std::fs::create_dir_all(&folder).unwrap();
        let mut generate = tool("syncthing");
        generate.args(["generate", "--no-default-folder", "--skip-port-probing"]);
        ran(generate.arg("--home").arg(&home).env("HOME", &home)).unwrap();
        let config = std::fs::read_to_string(home.join("config.xml")).unwrap();
        let id = config.split("<device id=\"").nth(1).unwrap().split('"').next().unwrap();
        let free = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Daemon { id: id.to_owned(), port: free(), console: free(), process: None, home, folder }
    }

    /// Writes its configuration: the other one is all there is in the world.
    fn configure(&self, other: &Daemon) {
        let device = |daemon: &Daemon| {
            let Daemon { id, port, .. } = daemon;
            format!(
                "<device id=\"{id}\" compression=\"metadata\">\
                 <address>tcp://127.0.0.1:{port}</address></device>"
            )
        };
        let share = |daemon: &Daemon| format!("<device id=\"{}\"></device>", daemon.id);
        let (one, two) = (device(self), device(other));
        let (mine, theirs) = (share(self), share(other));
        let folder = self.folder.to_str().unwrap();
        let Daemon { port, console, .. } = self;
        let config = format!(
            "<configuration version=\"36\">\
             <folder id=\"proof\" path=\"{folder}\" type=\"sendreceive\" rescanIntervalS=\"5\" \
              fsWatcherEnabled=\"true\" fsWatcherDelayS=\"1\">{mine}{theirs}</folder>{one}{two}\
             <gui enabled=\"true\" tls=\"false\"><address>127.0.0.1:{console}</address>\
             <apikey>{KEY}</apikey></gui>\
             <options><listenAddress>tcp://127.0.0.1:{port}</listenAddress>\
             <globalAnnounceEnabled>false</globalAnnounceEnabled>\
             <localAnnounceEnabled>false</localAnnounceEnabled>\
             <reconnectionIntervalS>1</reconnectionIntervalS><relaysEnabled>false</relaysEnabled>\
             <startBrowser>false</startBrowser><natEnabled>false</natEnabled>\
             <urAccepted>-1</urAccepted><autoUpgradeIntervalH>0</autoUpgradeIntervalH>\
             <crashReportingEnabled>false</crashReportingEnabled>\
             <stunKeepaliveStartS>0</stunKeepaliveStartS></options></configuration>"
        );
        std::fs::write(self.home.join("config.xml"), config).unwrap();
    }

    /// Starts it; it connects to the other by itself.
    pub fn start(&mut self) {
        let log = std::fs::File::create(self.home.join("log")).unwrap();
        let mut serve = tool("syncthing");
        serve.args(["serve", "--no-browser", "--no-restart", "--no-upgrade", "--home"]);
        serve.arg(&self.home).env("HOME", &self.home).env("STNOUPGRADE", "1");
        let errors = log.try_clone().unwrap();
        // A group of its own: the daemon starts itself once more.
        let process = serve.process_group(0).stdin(Stdio::null()).stdout(log).stderr(errors);
        self.process = Some(process.spawn().unwrap());
    }

    /// Stops it, as when the computer is shut down.
    pub fn stop(&mut self) {
        let Some(mut process) = self.process.take() else { return };
        let asked = self.ask_to_stop();
        if asked.is_err()
            && let Ok(group) = i32::try_from(process.id())
            && let Some(group) = Pid::from_raw(group)
        {
            let _ = kill_process_group(group, Signal::KILL);
        }
        process.wait().unwrap();
    }

    fn ask_to_stop(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.console))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let request = format!(
            "POST /rest/system/shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: {KEY}\r\n\
             Content-Length: 0\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        if answer.contains(" 200 ") { Ok(()) } else { Err(std::io::Error::other(answer)) }
    }

    /// What it wrote down, for a test that fails.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.home.join("log")).unwrap_or_default()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Two daemons that know each other and nobody else, not started yet.
pub fn pair(dir: &Path) -> [Daemon; 2] {
    let (one, two) = (Daemon::new(dir.join("one")), Daemon::new(dir.join("two")));
    one.configure(&two);
    two.configure(&one);
    [one, two]
}
