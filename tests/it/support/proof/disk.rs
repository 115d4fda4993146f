//! Small file systems that a test mounts, fills, cuts off from power and throws away.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::SystemTime;

use tempfile::TempDir;

use super::{has_tools, is_root, ran, skipped, tool};

/// A file system on an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileSystem {
    Ext4,
    Xfs,
    /// With blocks of 1 KiB, for filling it to the KiB.
    SmallBlocks,
}

impl FileSystem {
    const fn program(self) -> (&'static str, &'static [&'static str]) {
        match self {
            FileSystem::Ext4 => ("mkfs.ext4", &["-q"]),
            FileSystem::Xfs => ("mkfs.xfs", &["-q"]),
            FileSystem::SmallBlocks => ("mkfs.ext4", &["-q", "-b", "1024", "-m", "0"]),
        }
    }

    /// The smallest that these make willingly.
    const fn size(self) -> u64 {
        match self {
            FileSystem::Ext4 => 64 << 20,
            FileSystem::Xfs => 320 << 20,
            FileSystem::SmallBlocks => 8 << 20,
        }
    }
}

/// A file system on a loop device, mounted.
pub struct LoopDisk {
    home: TempDir,
    mounted: bool,
}

impl LoopDisk {
    /// Makes and mounts one; says aloud why not.
    pub fn new(kind: FileSystem) -> Option<LoopDisk> {
        let (program, options) = kind.program();
        if !is_root() || !has_tools(&[program, "mount", "umount", "xfs_io"]) {
            return None;
        }
        let home = super::quick_folder();
        let image = home.path().join("image");
        std::fs::File::create(&image).unwrap().set_len(kind.size()).unwrap();
        std::fs::create_dir(home.path().join("disk")).unwrap();
        ran(tool(program).args(options).arg(&image)).unwrap();
        let mut disk = LoopDisk { home, mounted: false };
        match disk.try_mount() {
            Ok(()) => Some(disk),
            Err(why) => {
                skipped(&format!("no loop device: {why}"));
                None
            }
        }
    }

    /// The folder where it is mounted.
    pub fn path(&self) -> PathBuf {
        self.home.path().join("disk")
    }

    /// Gets ready to cut the power. What is ready holds the disk open until it has cut.
    pub fn ready_to_cut(&self) -> Cutter {
        let mut command = tool("xfs_io");
        command.args(["-x", "-r"]).arg(self.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        Cutter(command.spawn().unwrap())
    }

    /// The power comes back: the file system replays its journal.
    pub fn restart(&mut self) {
        self.unmount();
        self.try_mount().unwrap();
    }

    /// Takes the disk away while somebody uses it, as a stick that is pulled out.
    pub fn unplug(&mut self) {
        ran(tool("umount").arg("-l").arg(self.path())).unwrap();
        self.mounted = false;
    }

    /// Puts it back.
    pub fn plug(&mut self) {
        self.try_mount().unwrap();
    }

    /// Changes how it is mounted.
    pub fn remount(&self, option: &str) {
        let option = format!("remount,{option}");
        ran(tool("mount").args(["-o", &option]).arg(self.path())).unwrap();
    }

    fn try_mount(&mut self) -> Result<(), String> {
        let image = self.home.path().join("image");
        ran(tool("mount").args(["-o", "loop"]).arg(image).arg(self.path()))?;
        self.mounted = true;
        Ok(())
    }

    fn unmount(&mut self) {
        ran(tool("umount").arg(self.path())).unwrap();
        self.mounted = false;
    }
}

impl Drop for LoopDisk {
    fn drop(&mut self) {
        if self.mounted {
            // The folder is thrown away next; a disk that stays busy goes when its user does.
            let _ = ran(tool("umount").arg("-l").arg(self.path()));
        }
    }
}

/// One that cuts the power: what the kernel has not written then is gone.
pub struct Cutter(Child);

impl Cutter {
    /// Cuts it, and gives the moment just before.
    pub fn cut(self) -> SystemTime {
        let Cutter(mut child) = self;
        let mut input = child.stdin.take().unwrap();
        let moment = SystemTime::now();
        // Without -f it is XFS_FSOP_GOING_FLAGS_NOLOGFLUSH; ext4 has the same call.
        input.write_all(b"shutdown\nquit\n").unwrap();
        drop(input);
        assert!(child.wait().unwrap().success());
        moment
    }
}

/// A file system in memory with an end.
pub struct SmallDisk {
    home: TempDir,
}

impl SmallDisk {
    /// Mounts one with these options; says aloud why not.
    pub fn new(options: &str) -> Option<SmallDisk> {
        if !is_root() || !has_tools(&["mount", "umount"]) {
            return None;
        }
        let home = tempfile::tempdir().unwrap();
        let tmpfs = ["-t", "tmpfs", "-o", options, "tmpfs"];
        match ran(tool("mount").args(tmpfs).arg(home.path())) {
            Ok(()) => Some(SmallDisk { home }),
            Err(why) => {
                skipped(&format!("no tmpfs: {why}"));
                None
            }
        }
    }

    pub fn path(&self) -> &Path {
        self.home.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = ran(tool("umount").arg("-l").arg(self.home.path()));
    }
}
