// Live sliders: Jupyter's own widgets of the page, joined to the Python in the worker by comm messages.

/** The widget manager of the page, joined to `engine`. */
async function joined(engine) {
  const { HTMLManager } = await globalThis.etaWidgets(); // prepared.js
  class Joined extends HTMLManager {
    comms = new Map();

    comm(id) {
      const comm = {
        comm_id: id, target_name: 'jupyter.widget',
        on_msg(heard) { comm.heard = heard; },
        on_close(closed) { comm.closed = closed; },
        send(data, callbacks) {
          // as in a notebook: the next state of a slider goes out when the one before is done, and only the newest
          engine.call({ do: 'comm', comm_id: id, data }, { hears: comm.hears }).catch(() => {}).then(() => callbacks?.iopub?.status?.({ content: { execution_state: 'idle' } }));
          return id;
        },
        close() {},
      };
      this.comms.set(id, comm);
      return comm;
    }
  }
  return new Joined();
}

/** Once all in the box `view` has come, and in the boxes inside: a box that is taken away before throws for each child. */
async function whole(view) {
  const children = await Promise.all(view.children_views?.views ?? []);
  await Promise.all(children.map(whole));
}

/** What sliders and Python say to each other, in order: a child is opened before its parent speaks of it. */
export class Sliders {
  #queue = Promise.resolve();

  constructor(engine) { this.engine = engine; }

  #then(work) {
    this.#queue = this.#queue.then(async () => work(await (this.manager ||= joined(this.engine)))).catch((error) => console.error(error));
    return this.#queue;
  }

  /** Takes a comm message from Python; `one` is the request during which it came. */
  heard({ kind, comm_id: id, data, metadata }, one) {
    return this.#then(async (here) => {
      const content = { comm_id: id, data, target_name: 'jupyter.widget' };
      if (kind === 'comm_open') {
        const comm = here.comm(id);
        comm.hears = one?.hears;
        await here.handle_comm_open(comm, { content, metadata, buffers: [] });
      } else if (kind === 'comm_msg') {
        await here.get_model(id);
        here.comms.get(id)?.heard?.({ content, metadata, buffers: [] });
      } else if (kind === 'comm_close') { here.comms.get(id)?.closed?.({ content }); here.comms.delete(id); }
    });
  }

  /** Shows the widget called `id` in `node`. */
  show(id, node) {
    return this.#then(async (here) => {
      const view = await here.create_view(await here.get_model(id));
      await whole(view);
      if (!node.isConnected) { view.luminoWidget.dispose(); return; } // its cell has run again meanwhile
      await here.display_view(view, node);
      node.leave = () => view.luminoWidget.dispose();
    });
  }
}
