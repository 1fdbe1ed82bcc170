import { useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Dialog, DialogTrigger, Heading, Input, Label, Modal, ModalOverlay, Text, TextField } from 'react-aria-components';
import { ApiError } from '../../api/client.ts';
import { addImage } from '../../api/queries.ts';
import { ActionButton } from '../../components/button.tsx';
import styles from './add-image.module.css';

/** A button, and the dialog behind it that names an image to index. */
export function AddImage() {
  return (
    <DialogTrigger>
      <ActionButton kind="primary">
        <Plus size={15} /> Add image
      </ActionButton>
      <ModalOverlay className={styles.veil ?? ''} isDismissable>
        <Modal className={styles.modal ?? ''}>
          <Dialog className={styles.dialog ?? ''}>{({ close }) => <AddImageForm close={close} />}</Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

function AddImageForm({ close }: { readonly close: () => void }) {
  const client = useQueryClient();
  const [fault, setFault] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? '').trim();
    setBusy(true);
    try {
      await addImage({
        input: text('input'),
        ...(text('ref') && { ref: text('ref') }),
        ...(text('platform') && { platform: text('platform') }),
      });
      await client.invalidateQueries({ queryKey: ['jobs'] });
      close();
    } catch (error) {
      setFault(error instanceof ApiError ? error : new ApiError(0, { code: 'FAULT', message: String(error) }));
      setBusy(false);
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <Heading slot="title">Add image</Heading>
      <Field
        name="input"
        label="Image"
        placeholder="debian:12-slim"
        help="A reference, or the path of an archive or an OCI layout on the server's machine"
        required
      />
      <Field name="ref" label="Ref" placeholder="optional" help="Which image, where a folder or archive holds several" />
      <Field name="platform" label="Platform" placeholder="linux/amd64" help="Which platform, where the image is there for several" />
      {fault && (
        <p className={styles.fault} role="alert">
          {fault.message}
          {fault.hint && ` Try: ${fault.hint}.`}
        </p>
      )}
      <div className={styles.actions}>
        <ActionButton onPress={close}>Cancel</ActionButton>
        <ActionButton kind="primary" type="submit" isDisabled={busy}>
          Add
        </ActionButton>
      </div>
    </form>
  );
}

function Field({
  name,
  label,
  placeholder,
  help,
  required = false,
}: {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  readonly help: string;
  readonly required?: boolean;
}) {
  return (
    <TextField name={name} isRequired={required} autoFocus={required} className={styles.field ?? ''}>
      <Label>{label}</Label>
      <Input placeholder={placeholder} autoComplete="off" spellCheck={false} />
      <Text slot="description">{help}</Text>
    </TextField>
  );
}
