// Lets search work from the folder of the site: browsers start no worker from a file, so its script runs in a frame.
// The generator knows by this file's name that it needs no script from elsewhere for that.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      this.heard = {};
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.title = "search";
      document.body.append(this.frame);
      const inside = this.frame.contentWindow;
      // In a worker, postMessage sends to the page; in a window, it would send to the window itself.
      inside.postMessage = (data) => this.send(this, data);
      inside.addEventListener("error", (event) => this.fail(event.message));
      const script = inside.document.createElement("script");
      this.loaded = new Promise((done) => {
        script.onload = done;
      });
      script.onerror = () => this.fail(`${address} can't be loaded`);
      script.src = new URL(address, location.href).href;
      inside.document.body.append(script);
    }

    set onmessage(listener) {
      this.listen("message", listener);
    }

    set onerror(listener) {
      this.listen("error", listener);
    }

    listen(kind, listener) {
      this.removeEventListener(kind, this.heard[kind]);
      this.heard[kind] = listener;
      if (listener) this.addEventListener(kind, listener);
    }

    // As between a page and a worker, messages are copies, and arrive after the sender has gone on.
    send(to, data) {
      const copy = structuredClone(data);
      setTimeout(() => to.dispatchEvent(new MessageEvent("message", { data: copy })));
    }

    fail(message) {
      this.dispatchEvent(new ErrorEvent("error", { message, cancelable: true }));
    }

    postMessage(data) {
      this.loaded.then(() => this.frame && this.send(this.frame.contentWindow, data));
    }

    terminate() {
      this.frame?.remove();
      this.frame = null;
    }
  };
}
