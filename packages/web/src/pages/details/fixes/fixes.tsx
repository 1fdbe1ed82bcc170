import type { Report } from '@plimsoll/model';
import { X } from 'lucide-react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useDetails } from '../use-details.ts';
import { BaseFixes } from './base-fixes.tsx';
import { DockerfileProvider } from './dockerfile.tsx';
import styles from './fixes.module.css';
import { ImageFixes } from './image-fixes.tsx';
import { Plan } from './plan.tsx';

/** The drawer beside the page: recommendations for the image itself, or for one of its bases. */
export function Fixes({ report }: { readonly report: Report }) {
  const { search, change } = useDetails();
  const { bases, image } = report.recommendations;
  const advice = bases.find(({ current }) => current.name === search.fixes);
  const isPlan = search.fixes === 'plan' && !advice;
  const isOpen = search.fixes === 'image' || isPlan || advice !== undefined;
  return (
    <ModalOverlay
      className={styles.veil ?? ''}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => !open && change({ fixes: undefined, tip: undefined })}
    >
      <Modal className={styles.drawer ?? ''}>
        <Dialog className={styles.dialog ?? ''}>
          <div className={styles.head}>
            <Heading slot="title">{isPlan ? 'Fix plan' : `Recommendations for ${advice ? 'base image' : 'this image'}`}</Heading>
            <span className={styles.dim}>{report.inventory.image.name}</span>
            <Button slot="close" className={styles.close ?? ''} aria-label="Close">
              <X size={16} />
            </Button>
          </div>
          <DockerfileProvider report={report}>
            {advice ? (
              <BaseFixes report={report} advice={advice} />
            ) : isPlan ? (
              <Plan report={report} />
            ) : (
              <ImageFixes report={report} advice={image} />
            )}
          </DockerfileProvider>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
